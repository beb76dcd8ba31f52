package dev.kith.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * An embedder that asks a cache before another embedder, and tells the cache what it learnt. A text that comes more than
 * once in a call is embedded once. New embeddings reach the cache every {@value #SLICE} texts, so that a call that is
 * interrupted has not worked for nothing.
 *
 * <p>Safe for any number of threads. Two calls at the same time may both embed a text that neither found.
 */
public final class CachedEmbedder implements Embedder {
    private static final int SLICE = 256;

    private final Embedder embedder;
    private final EmbeddingCache cache;

    /** Puts a cache before an embedder. The cache may serve several and is left open by {@link #close()}. */
    public CachedEmbedder(Embedder embedder, EmbeddingCache cache) {
        this.embedder = embedder;
        this.cache = cache;
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        return embed(texts, role, _ -> {});
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role, IntConsumer done)
            throws InterruptedException {
        List<EmbeddingCache.Key> keys = new ArrayList<>(texts.size());
        Map<EmbeddingCache.Key, Embedding> known = new HashMap<>();
        Map<EmbeddingCache.Key, String> missing = new LinkedHashMap<>();
        int repeated = 0;
        for (String text : texts) {
            EmbeddingCache.Key key = EmbeddingCache.Key.of(embedder.identity(), role, text);
            keys.add(key);
            if (known.containsKey(key) || missing.containsKey(key)) {
                repeated++;
                continue;
            }
            Embedding found = cache.get(key);
            if (found == null) {
                missing.put(key, text);
            } else {
                known.put(key, found);
            }
        }
        if (known.size() + repeated > 0) {
            done.accept(known.size() + repeated);
        }
        embed(missing, role, done, known);
        return inOrder(keys, known);
    }

    private void embed(
            Map<EmbeddingCache.Key, String> missing,
            Role role,
            IntConsumer done,
            Map<EmbeddingCache.Key, Embedding> known)
            throws InterruptedException {
        List<EmbeddingCache.Key> keys = List.copyOf(missing.keySet());
        List<String> texts = List.copyOf(missing.values());
        for (int from = 0; from < keys.size(); from += SLICE) {
            int to = Math.min(from + SLICE, keys.size());
            List<Embedding> slice = embedder.embed(texts.subList(from, to), role, done);
            for (int i = from; i < to; i++) {
                Embedding embedding = slice.get(i - from);
                cache.put(keys.get(i), embedding);
                known.put(keys.get(i), embedding);
            }
        }
    }

    /** The embedding of each key; one that comes again gets a vector of its own. */
    private static List<Embedding> inOrder(
            List<EmbeddingCache.Key> keys, Map<EmbeddingCache.Key, Embedding> known) {
        List<Embedding> embeddings = new ArrayList<>(keys.size());
        Set<EmbeddingCache.Key> given = new HashSet<>();
        for (EmbeddingCache.Key key : keys) {
            Embedding embedding = Objects.requireNonNull(known.get(key));
            embeddings.add(given.add(key) ? embedding : embedding.copy());
        }
        return embeddings;
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public int maxTokens() {
        return embedder.maxTokens();
    }

    @Override
    public Tokenizer tokenizer() {
        return embedder.tokenizer();
    }

    @Override
    public String identity() {
        return embedder.identity();
    }

    /** Closes the embedder. */
    @Override
    public void close() {
        embedder.close();
    }
}
