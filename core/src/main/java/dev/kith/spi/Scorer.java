package dev.kith.spi;

/**
 * Distances from one query to encoded rows. Scratch for one thread: set the query, then ask. The bulk call is the hot
 * path: it hides the latency of memory that one call per row cannot hide, and allocates nothing.
 */
public interface Scorer {
    /** Prepares a query; the array is copied or used up before the call returns. Its length is the dimension. */
    void query(float[] query);

    /** Takes a stored row as the query. */
    void query(int row);

    /**
     * Distances to several rows, {@code out[i]} to {@code rows[i]}.
     *
     * @param rows row numbers in any order, each in range
     * @param count how many of them, at least 0
     */
    void distances(int[] rows, int count, float[] out);

    /**
     * The distance to one row. Bitwise the same as the bulk call gives, wherever the row stands in it and whether or not
     * the JVM has compiled the kernel yet.
     */
    float distance(int row);
}
