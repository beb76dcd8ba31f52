package dev.kith.internal.kernel;

/**
 * Estimates for the 32 members of a block of codes, in two steps, because one method for both would be too large for the
 * compiler to keep its vectors in registers.
 *
 * <p>A block lies at some offset in a record: for each column, which is four bits of the codes, 16 bytes with the four bits
 * of two members each; behind the columns 32 floats {@code a} and 32 floats {@code b}. The order of the members in the 16
 * bytes is the one in which the sums come out of the vector unit: byte {@code i} holds member {@code i/2 + 8*(i%2)} in its
 * low half and the member 16 further in its high half.
 */
interface BlockKernel {
    /** The members of a block. */
    int MEMBERS = 32;

    /**
     * Adds up what the tables say of the members' bits (André, Kermarrec and Le Scouarnec, "Cache locality is not enough:
     * high-performance nearest neighbor search with product quantization fast scan", VLDB 2015).
     *
     * @param tables for each column 16 entries from 0 to 63, and zeros behind them: {@link Tables#bytes} in all
     * @param columns how many, a multiple of 4
     * @param at where the block begins in the record, with its floats, of which some may be read as if they were columns
     * @param sums unsigned
     */
    void sums(byte[] tables, int columns, int record, int at, short[] sums);

    /**
     * The estimates {@code a + b * (sum * scale + shift) + base}.
     *
     * @param at where the 32 floats {@code a} begin in the record
     * @return a bit for each estimate below the limit
     */
    int estimates(
            short[] sums,
            int record,
            int at,
            float scale,
            float shift,
            float base,
            float limit,
            float[] estimates);
}
