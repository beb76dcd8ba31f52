package dev.kith;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Objects;

/**
 * Rows in a mapped file.
 *
 * @param bytes the whole file, checked to hold all rows
 * @param first where the first row's components start
 * @param stride from one row's start to the next's, in bytes
 */
record FileVectors(
        MemorySegment bytes, Component component, int size, int dimension, long first, long stride)
        implements Vectors {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** What a component is in the file. */
    enum Component {
        FLOAT32(4),
        FLOAT64(8),
        UINT8(1),
        INT32(4);

        private final int bytes;

        Component(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        String description() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void read(int row, float[] into, int offset) {
        Objects.checkFromIndexSize(offset, dimension, into.length);
        long at = start(row);
        switch (component) {
            case FLOAT32 -> MemorySegment.copy(bytes, FLOAT, at, into, offset, dimension);
            case FLOAT64 -> {
                for (int i = 0; i < dimension; i++) {
                    into[offset + i] = (float) bytes.get(DOUBLE, at + 8L * i);
                }
            }
            case UINT8 -> {
                for (int i = 0; i < dimension; i++) {
                    into[offset + i] = bytes.get(ValueLayout.JAVA_BYTE, at + i) & 0xFF;
                }
            }
            case INT32 -> {
                for (int i = 0; i < dimension; i++) {
                    into[offset + i] = bytes.get(INT, at + 4L * i);
                }
            }
        }
    }

    /** A row of ints. */
    int[] ints(int row) {
        int[] ints = new int[dimension];
        MemorySegment.copy(bytes, INT, start(row), ints, 0, dimension);
        return ints;
    }

    private long start(int row) {
        return first + Objects.checkIndex(row, size) * stride;
    }
}
