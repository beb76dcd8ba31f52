package dev.kith.retrieval.evaluation;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Another embedder that embeds each text once: an evaluation asks the same questions in several modes and cuts the same
 * documents in several ways.
 */
final class RememberingEmbedder implements Embedder {
    private record Key(String text, Role role) {}

    private final Embedder embedder;
    private final Map<Key, Embedding> known = new ConcurrentHashMap<>();

    RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        for (String text : texts) {
            if (!known.containsKey(new Key(text, role))) {
                missing.add(text);
            }
        }
        List<String> asked = List.copyOf(missing);
        if (!asked.isEmpty()) {
            List<Embedding> found = embedder.embed(asked, role);
            for (int i = 0; i < asked.size(); i++) {
                known.put(new Key(asked.get(i), role), found.get(i));
            }
        }
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (String text : texts) {
            Embedding embedding = known.get(new Key(text, role));
            if (embedding == null) {
                throw new IllegalStateException("not embedded: " + text);
            }
            embeddings.add(embedding);
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

    @Override
    public void close() {
        // The caller's embedder stays open.
    }
}
