package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The scalar twins of the SIMD kernels over codes; eight sums side by side as in {@link ScalarKernels}. */
final class ScalarCodeKernels {
    private ScalarCodeKernels() {}

    /** Codes of eight bits in heap pages. */
    record HeapInt8(HeapRecords rows) implements ScalarKernels.OneByOne {
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
            for (int i = 0; i < query.length; i += 8, o += 8) {
                s0 += query[i] * (p[o] & 255);
                s1 += query[i + 1] * (p[o + 1] & 255);
                s2 += query[i + 2] * (p[o + 2] & 255);
                s3 += query[i + 3] * (p[o + 3] & 255);
                s4 += query[i + 4] * (p[o + 4] & 255);
                s5 += query[i + 5] * (p[o + 5] & 255);
                s6 += query[i + 6] * (p[o + 6] & 255);
                s7 += query[i + 7] * (p[o + 7] & 255);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** Codes of eight bits in a mapped file. */
    record MappedInt8(MappedRecords rows) implements ScalarKernels.OneByOne {
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
            for (int i = 0; i < query.length; i += 8, o += 8) {
                s0 += query[i] * (m.get(ValueLayout.JAVA_BYTE, o) & 255);
                s1 += query[i + 1] * (m.get(ValueLayout.JAVA_BYTE, o + 1) & 255);
                s2 += query[i + 2] * (m.get(ValueLayout.JAVA_BYTE, o + 2) & 255);
                s3 += query[i + 3] * (m.get(ValueLayout.JAVA_BYTE, o + 3) & 255);
                s4 += query[i + 4] * (m.get(ValueLayout.JAVA_BYTE, o + 4) & 255);
                s5 += query[i + 5] * (m.get(ValueLayout.JAVA_BYTE, o + 5) & 255);
                s6 += query[i + 6] * (m.get(ValueLayout.JAVA_BYTE, o + 6) & 255);
                s7 += query[i + 7] * (m.get(ValueLayout.JAVA_BYTE, o + 7) & 255);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** Codes of four bits in heap pages. */
    record HeapInt4(HeapRecords rows) implements ScalarKernels.OneByOne {
        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            int half = query.length / 2;
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0, j = half; i < half; i += 4, j += 4, o += 4) {
                int v0 = p[o] & 255;
                s0 += query[i] * (v0 & 15);
                s1 += query[j] * (v0 >> 4);
                int v1 = p[o + 1] & 255;
                s2 += query[i + 1] * (v1 & 15);
                s3 += query[j + 1] * (v1 >> 4);
                int v2 = p[o + 2] & 255;
                s4 += query[i + 2] * (v2 & 15);
                s5 += query[j + 2] * (v2 >> 4);
                int v3 = p[o + 3] & 255;
                s6 += query[i + 3] * (v3 & 15);
                s7 += query[j + 3] * (v3 >> 4);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }

    /** Codes of four bits in a mapped file. */
    record MappedInt4(MappedRecords rows) implements ScalarKernels.OneByOne {
        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            int half = query.length / 2;
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int i = 0, j = half; i < half; i += 4, j += 4, o += 4) {
                int v0 = m.get(ValueLayout.JAVA_BYTE, o) & 255;
                s0 += query[i] * (v0 & 15);
                s1 += query[j] * (v0 >> 4);
                int v1 = m.get(ValueLayout.JAVA_BYTE, o + 1) & 255;
                s2 += query[i + 1] * (v1 & 15);
                s3 += query[j + 1] * (v1 >> 4);
                int v2 = m.get(ValueLayout.JAVA_BYTE, o + 2) & 255;
                s4 += query[i + 2] * (v2 & 15);
                s5 += query[j + 2] * (v2 >> 4);
                int v3 = m.get(ValueLayout.JAVA_BYTE, o + 3) & 255;
                s6 += query[i + 3] * (v3 & 15);
                s7 += query[j + 3] * (v3 >> 4);
            }
            return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        }
    }
}
