package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The scalar twins of the SIMD kernels, for a JVM without the vector module. Eight sums side by side, since the compiler
 * must keep the order of floating-point additions and one sum would wait for each. Products are rounded before they are
 * added: a fused multiply-add is very slow where the processor has none.
 */
final class ScalarKernels {
    private static final VarHandle FLOAT =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat LAYOUT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarKernels() {}

    /** The form of four rows, which has nothing to gain over one row at a time. */
    interface OneByOne extends FloatKernel {
        @Override
        default void four(float[] query, int[] rows, int at, float[] out) {
            for (int i = at; i < at + 4; i++) {
                out[i] = one(query, rows[i]);
            }
        }
    }

    /** The dot product in heap pages. */
    record HeapDot(HeapRecords rows) implements OneByOne {
        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0; i < query.length; i += 8, o += 32) {
                s0 += query[i] * (float) FLOAT.get(p, o);
                s1 += query[i + 1] * (float) FLOAT.get(p, o + 4);
                s2 += query[i + 2] * (float) FLOAT.get(p, o + 8);
                s3 += query[i + 3] * (float) FLOAT.get(p, o + 12);
                s4 += query[i + 4] * (float) FLOAT.get(p, o + 16);
                s5 += query[i + 5] * (float) FLOAT.get(p, o + 20);
                s6 += query[i + 6] * (float) FLOAT.get(p, o + 24);
                s7 += query[i + 7] * (float) FLOAT.get(p, o + 28);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** The squared Euclidean distance in heap pages. */
    record HeapSquared(HeapRecords rows) implements OneByOne {
        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0; i < query.length; i += 8, o += 32) {
                float d0 = query[i] - (float) FLOAT.get(p, o);
                s0 += d0 * d0;
                float d1 = query[i + 1] - (float) FLOAT.get(p, o + 4);
                s1 += d1 * d1;
                float d2 = query[i + 2] - (float) FLOAT.get(p, o + 8);
                s2 += d2 * d2;
                float d3 = query[i + 3] - (float) FLOAT.get(p, o + 12);
                s3 += d3 * d3;
                float d4 = query[i + 4] - (float) FLOAT.get(p, o + 16);
                s4 += d4 * d4;
                float d5 = query[i + 5] - (float) FLOAT.get(p, o + 20);
                s5 += d5 * d5;
                float d6 = query[i + 6] - (float) FLOAT.get(p, o + 24);
                s6 += d6 * d6;
                float d7 = query[i + 7] - (float) FLOAT.get(p, o + 28);
                s7 += d7 * d7;
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** The dot product in a mapped file. */
    record MappedDot(MappedRecords rows) implements OneByOne {
        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0; i < query.length; i += 8, o += 32) {
                s0 += query[i] * m.get(LAYOUT, o);
                s1 += query[i + 1] * m.get(LAYOUT, o + 4);
                s2 += query[i + 2] * m.get(LAYOUT, o + 8);
                s3 += query[i + 3] * m.get(LAYOUT, o + 12);
                s4 += query[i + 4] * m.get(LAYOUT, o + 16);
                s5 += query[i + 5] * m.get(LAYOUT, o + 20);
                s6 += query[i + 6] * m.get(LAYOUT, o + 24);
                s7 += query[i + 7] * m.get(LAYOUT, o + 28);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** The squared Euclidean distance in a mapped file. */
    record MappedSquared(MappedRecords rows) implements OneByOne {
        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0; i < query.length; i += 8, o += 32) {
                float d0 = query[i] - m.get(LAYOUT, o);
                s0 += d0 * d0;
                float d1 = query[i + 1] - m.get(LAYOUT, o + 4);
                s1 += d1 * d1;
                float d2 = query[i + 2] - m.get(LAYOUT, o + 8);
                s2 += d2 * d2;
                float d3 = query[i + 3] - m.get(LAYOUT, o + 12);
                s3 += d3 * d3;
                float d4 = query[i + 4] - m.get(LAYOUT, o + 16);
                s4 += d4 * d4;
                float d5 = query[i + 5] - m.get(LAYOUT, o + 20);
                s5 += d5 * d5;
                float d6 = query[i + 6] - m.get(LAYOUT, o + 24);
                s6 += d6 * d6;
                float d7 = query[i + 7] - m.get(LAYOUT, o + 28);
                s7 += d7 * d7;
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }
}
