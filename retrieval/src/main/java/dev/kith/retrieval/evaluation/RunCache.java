package dev.kith.retrieval.evaluation;

import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All embeddings of one evaluation, on the heap. */
final class RunCache implements EmbeddingCache {
    private final Map<Key, Embedding> embeddings = new ConcurrentHashMap<>();

    @Override
    public @Nullable Embedding get(Key key) {
        Embedding found = embeddings.get(key);
        return found == null ? null : found.copy();
    }

    @Override
    public void put(Key key, Embedding embedding) {
        embeddings.put(key, embedding.copy());
    }
}
