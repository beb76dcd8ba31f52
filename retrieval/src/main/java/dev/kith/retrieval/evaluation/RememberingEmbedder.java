package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Another embedder that embeds each text once: an evaluation asks the same questions in several configurations and cuts the
 * same documents in several ways. With a file it remembers from run to run as well. Safe for any number of threads.
 */
public final class RememberingEmbedder implements Embedder {
    /** The SHA-256 of a role and a text. */
    record Key(long a, long b, long c, long d) {
        static Key of(String text, Role role) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(role.name().getBytes(UTF_8));
                ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(UTF_8)));
                return new Key(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    private final Embedder embedder;
    private final Map<Key, Embedding> known = new ConcurrentHashMap<>();
    private final @Nullable VectorFile file;

    /** Remembers as long as it is reachable. */
    public RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder;
        this.file = null;
    }

    private RememberingEmbedder(Embedder embedder, Path file) throws IOException {
        this.embedder = embedder;
        this.file = VectorFile.open(file, embedder.identity(), embedder.dimension(), known::put);
    }

    /**
     * Remembers in a file as well, which is made if it is missing. A record that was half written when a process ended is
     * dropped.
     *
     * @throws dev.kith.CorruptFileException if it is no such file
     * @throws IllegalArgumentException if it holds another embedder's vectors; names both
     * @throws IllegalStateException if another process or embedder has it open
     */
    public static RememberingEmbedder open(Embedder embedder, Path file) throws IOException {
        return new RememberingEmbedder(embedder, file);
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        List<Key> keys = texts.stream().map(text -> Key.of(text, role)).toList();
        Map<Key, String> missing = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!known.containsKey(keys.get(i))) {
                missing.put(keys.get(i), texts.get(i));
            }
        }
        if (!missing.isEmpty()) {
            List<Embedding> found = embedder.embed(List.copyOf(missing.values()), role);
            int i = 0;
            for (Key key : missing.keySet()) {
                remember(key, found.get(i++));
            }
        }
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (Key key : keys) {
            Embedding embedding = known.get(key);
            if (embedding == null) {
                throw new IllegalStateException("the embedder left out a text");
            }
            embeddings.add(embedding);
        }
        return embeddings;
    }

    private void remember(Key key, Embedding embedding) {
        if (known.putIfAbsent(key, embedding) == null && file != null) {
            try {
                file.append(key, embedding);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How many vectors are remembered. */
    public int size() {
        return known.size();
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

    /** Closes the file. The other embedder stays open. */
    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
