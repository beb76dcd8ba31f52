package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The scalar twins of the SIMD kernels over signs; whole numbers, so both give the same. */
final class ScalarSignKernels {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LAYOUT =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarSignKernels() {}

    /** The form of four rows, which has nothing to gain over one row at a time. */
    interface OneByOne extends RowKernel<long[]> {
        @Override
        default void four(long[] query, int[] rows, int at, float[] out) {
            for (int i = at; i < at + 4; i++) {
                out[i] = one(query, rows[i]);
            }
        }
    }

    /** Rows in heap pages. */
    record Heap(HeapRecords rows) implements OneByOne {
        @Override
        public float one(long[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            int words = query.length / 4;
            int sum = 0;
            for (int i = 0; i < words; i++) {
                long v = (long) LONG.get(p, o + 8 * i);
                sum += Long.bitCount(v & query[i])
                        + 2 * Long.bitCount(v & query[words + i])
                        + 4 * Long.bitCount(v & query[2 * words + i])
                        - 8 * Long.bitCount(v & query[3 * words + i]);
            }
            return sum;
        }
    }

    /** Rows in a mapped file. */
    record Mapped(MappedRecords rows) implements OneByOne {
        @Override
        public float one(long[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            int words = query.length / 4;
            int sum = 0;
            for (int i = 0; i < words; i++) {
                long v = m.get(LAYOUT, o + 8L * i);
                sum += Long.bitCount(v & query[i])
                        + 2 * Long.bitCount(v & query[words + i])
                        + 4 * Long.bitCount(v & query[2 * words + i])
                        - 8 * Long.bitCount(v & query[3 * words + i]);
            }
            return sum;
        }
    }
}
