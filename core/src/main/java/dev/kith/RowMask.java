package dev.kith;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The rows that a search may return, out of {@code size} rows. Immutable; its cardinality is known, so that an index
 * can choose between a graph and a scan before it starts.
 */
public final class RowMask {
    private final long[] words;
    private final int size;
    private final int cardinality;

    private RowMask(long[] words, int size) {
        this.words = words;
        this.size = size;
        int bits = 0;
        for (long word : words) {
            bits += Long.bitCount(word);
        }
        this.cardinality = bits;
    }

    /**
     * The rows whose bit is set.
     *
     * @throws IllegalArgumentException if a bit at or beyond {@code size} is set
     */
    public static RowMask of(BitSet rows, int size) {
        return of(rows.toLongArray(), size);
    }

    /**
     * The rows whose bit is set in little-endian words, row 0 being the lowest bit of the first word. The words are
     * copied; missing words are zero.
     *
     * @throws IllegalArgumentException if {@code size} is negative or a bit at or beyond it is set
     */
    public static RowMask of(long[] bits, int size) {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
        long[] words = Arrays.copyOf(bits, (int) (((long) size + 63) >>> 6));
        int last = bits.length - 1;
        while (last >= 0 && bits[last] == 0) {
            last--;
        }
        if (last >= 0) {
            long row = 64L * last + 63 - Long.numberOfLeadingZeros(bits[last]);
            if (row >= size) {
                throw beyond(row, size);
            }
        }
        return new RowMask(words, size);
    }

    /**
     * The given rows and no others.
     *
     * @throws IllegalArgumentException if {@code size} is negative or a row is not in [0, size)
     */
    public static RowMask of(int size, int... rows) {
        BitSet bits = new BitSet();
        for (int row : rows) {
            if (row < 0 || row >= size) {
                throw beyond(row, size);
            }
            bits.set(row);
        }
        return of(bits, size);
    }

    private static IllegalArgumentException beyond(long row, int size) {
        return new IllegalArgumentException(
                "row " + row + " is allowed, but rows must be in [0, " + size + ")");
    }

    /** The number of rows that the mask speaks of, allowed or not. */
    public int size() {
        return size;
    }

    /** The number of rows that are allowed. */
    public int cardinality() {
        return cardinality;
    }

    /** Whether the row may be returned; {@code row} must be in [0, size). */
    public boolean allows(int row) {
        return (words[row >>> 6] & 1L << row) != 0;
    }

    /** The first allowed row at or after {@code row}, or -1 if there is none. */
    public int next(int row) {
        int word = row >>> 6;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[word] & -1L << row;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }
}
