package dev.kith.embedding;

import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An embedding cache on the heap, for any number of embedders. When it is full, what was asked for longest ago goes. An
 * embedding takes four bytes a component and about 250 more.
 */
public final class InMemoryEmbeddingCache implements EmbeddingCache {
    private final Map<Key, Embedding> embeddings;

    /**
     * Makes an empty cache.
     *
     * @param capacity how many embeddings it holds at most
     * @throws IllegalArgumentException if that is not positive
     */
    public InMemoryEmbeddingCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive: " + capacity);
        }
        this.embeddings = new LeastRecentlyUsed(capacity);
    }

    @Override
    public @Nullable Embedding get(Key key) {
        Embedding found;
        synchronized (embeddings) {
            found = embeddings.get(key);
        }
        return found == null ? null : found.copy();
    }

    @Override
    public void put(Key key, Embedding embedding) {
        Embedding copy = embedding.copy();
        synchronized (embeddings) {
            embeddings.put(key, copy);
        }
    }

    /** How many embeddings it holds. */
    public int size() {
        synchronized (embeddings) {
            return embeddings.size();
        }
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<Key, Embedding> {
        private static final long serialVersionUID = 1;
        private final int capacity;

        private LeastRecentlyUsed(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Embedding> eldest) {
            return size() > capacity;
        }
    }
}
