package dev.kith.chronicle;

import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache.Key;

import java.nio.file.Path;
import java.util.Arrays;

/** Puts one embedding after the other and says so, until it is killed. */
final class EndlessWriter {
    static final FixedEmbedder EMBEDDER = new FixedEmbedder("written-1", 64);
    static final String READY = "have ";

    private EndlessWriter() {}

    public static void main(String[] args) throws Exception {
        ChronicleEmbeddingCache cache =
                ChronicleEmbeddingCache.open(Path.of(args[0]), EMBEDDER, 50_000);
        System.out.println(READY + cache.size());
        for (int i = 0; ; i++) {
            cache.put(key(i), embedding(i));
            System.out.println(i);
        }
    }

    static Key key(int i) {
        return Key.of(EMBEDDER.identity(), Role.DOCUMENT, "text " + i);
    }

    static Embedding embedding(int i) {
        float[] vector = new float[EMBEDDER.dimension()];
        Arrays.fill(vector, i);
        return new Embedding(vector, i, 0);
    }
}
