package dev.kith;

/**
 * Reusable scratch for searching one index: visited set, queue, prepared query. Cheap to use many times, for one thread
 * at a time; its index may have any number of them.
 */
public interface Searcher {
    /**
     * Searches.
     *
     * @return min(k, allowed rows) rows
     * @throws IllegalArgumentException if the request does not fit the index: dimension, zero query under cosine, size
     *     of the mask
     * @throws IllegalStateException if the index is closed
     * @throws java.io.UncheckedIOException with a {@link CorruptFileException} if a mapped index turns out to be
     *     damaged
     */
    SearchResult search(SearchRequest request);
}
