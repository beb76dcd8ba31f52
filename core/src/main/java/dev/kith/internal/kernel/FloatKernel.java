package dev.kith.internal.kernel;

/**
 * One operation, such as the dot product, between a query of floats and stored rows of one encoding and one storage kind.
 * The three forms give bitwise the same for a row, wherever it stands in a call: each adds up in the same order.
 *
 * <p>Queries are padded with zeros to a multiple of 16 components, 32 where a byte of a row holds two, as the rows are, so
 * that no form has a tail. Row numbers must be in range. Stateless beside the rows; nothing is allocated.
 */
interface FloatKernel {
    /** Of one row. */
    float one(float[] query, int row);

    /** Of the four rows from {@code rows[at]} on, into {@code out[at]} on. */
    void four(float[] query, int[] rows, int at, float[] out);

    /** Of the eight rows from {@code rows[at]} on, into {@code out[at]} on. */
    void eight(float[] query, int[] rows, int at, float[] out);
}
