package dev.kith.internal.kernel;

/**
 * One operation between a prepared query and stored rows of one encoding and one storage kind. The three forms give bitwise
 * the same for a row, wherever it stands in a call. Row numbers must be in range. Stateless beside the rows; nothing is
 * allocated.
 *
 * @param <Q> what a query is prepared as, an array of primitives
 */
interface RowKernel<Q> {
    /** Of one row. */
    float one(Q query, int row);

    /** Of the four rows from {@code rows[at]} on, into {@code out[at]} on. */
    void four(Q query, int[] rows, int at, float[] out);

    /** Of the eight rows from {@code rows[at]} on, into {@code out[at]} on. */
    default void eight(Q query, int[] rows, int at, float[] out) {
        four(query, rows, at, out);
        four(query, rows, at + 4, out);
    }
}
