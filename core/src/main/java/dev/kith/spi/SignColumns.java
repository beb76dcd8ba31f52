package dev.kith.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The signs of a block's members as the kernels read them, by columns: sixteen bytes for four signs of each of the 32. The
 * low half of byte {@code o} belongs to member {@code o / 2}, or {@code 8 + o / 2} if it is odd; the high half to the one 16
 * farther on. Scratch for one thread.
 *
 * <p>Members come with their signs in a row, so this is a transposition. Eight columns at a time are: the signs of a member fill
 * the halves of a word's eight bytes, and the words of eight members are transposed as a matrix of bytes.
 */
final class SignColumns {
    /** The bytes of a column. */
    static final int COLUMN = 16;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int columns;
    private final long[][] signs;
    private final long[] matrix = new long[8];

    /** @param columns of four signs each, a multiple of 4 */
    SignColumns(int columns) {
        this.columns = columns;
        signs = new long[BlockCodes.MEMBERS][(columns + 15) >>> 4];
    }

    /** The signs of a member, 64 in a word, to be filled in. */
    long[] member(int member) {
        return signs[member];
    }

    /** Writes the columns of all members. */
    void write(byte[] into) {
        for (int column = 0; column < columns; column += 8) {
            write(column, 0, into);
            write(column, 8, into);
        }
    }

    /** Writes half of the bytes of eight columns, or of the last four: those from byte {@code half} on. */
    private void write(int column, int half, byte[] into) {
        int word = column >>> 4;
        int shift = 4 * (column & 15);
        for (int i = 0; i < 8; i++) {
            int member = (half + i) / 2 + (i & 1) * 8;
            long low = spread(signs[member][word] >>> shift);
            long high = spread(signs[member + 16][word] >>> shift);
            matrix[i] = low | high << 4;
        }
        transpose(matrix);
        int count = Math.min(8, columns - column);
        for (int i = 0; i < count; i++) {
            LONG.set(into, COLUMN * (column + i) + half, matrix[i]);
        }
    }

    /** The lower eight groups of four bits, each in the low half of a byte. */
    private static long spread(long bits) {
        long x = bits & 0xFFFFFFFFL;
        x = (x | x << 16) & 0x0000FFFF0000FFFFL;
        x = (x | x << 8) & 0x00FF00FF00FF00FFL;
        return (x | x << 4) & 0x0F0F0F0F0F0F0F0FL;
    }

    private static void transpose(long[] matrix) {
        for (int i = 0; i < 4; i++) {
            swap(matrix, i, i + 4, 32, 0x00000000FFFFFFFFL);
        }
        for (int i = 0; i < 8; i += 4) {
            swap(matrix, i, i + 2, 16, 0x0000FFFF0000FFFFL);
            swap(matrix, i + 1, i + 3, 16, 0x0000FFFF0000FFFFL);
        }
        for (int i = 0; i < 8; i += 2) {
            swap(matrix, i, i + 1, 8, 0x00FF00FF00FF00FFL);
        }
    }

    /** Exchanges the upper part of each group of bits of one word with the lower part of the other's. */
    private static void swap(long[] matrix, int one, int other, int shift, long mask) {
        long differ = (matrix[one] >>> shift ^ matrix[other]) & mask;
        matrix[one] ^= differ << shift;
        matrix[other] ^= differ;
    }
}
