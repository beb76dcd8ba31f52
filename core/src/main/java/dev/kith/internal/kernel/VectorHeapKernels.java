package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels over float32 rows in heap pages.
 *
 * <p>One accumulator a row: its chain of additions is as long as the row, but the chains of the other rows, or of the next
 * call, run beside it. The lanes are added by halves, written out because {@code reduceLanes} adds in another order once
 * it is compiled, and a build must give the same bytes whenever that happens. Bodies are flat, because the compiler boxes
 * vectors that pass through methods it does not inline. Bytes are read as
 * floats as they are: every platform with SIMD that Java runs on is little-endian.
 *
 * <p>Eight rows are read from one array: eight arrays need more registers than there are, and cost up to 1.7 times as much.
 * An index of more than one page, a gigabyte, takes them as twice four.
 */
final class VectorHeapKernels {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Byte> BYTES = Species.BYTES;
    private static final int LANES = FLOATS.length();
    private static final int STEP = 4 * LANES;
    private static final VectorShuffle<Float> SWAP_8 = Species.swap(8);
    private static final VectorShuffle<Float> SWAP_4 = Species.swap(4);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);

    private VectorHeapKernels() {}

    /** The dot product. */
    static final class Dot implements FloatKernel {
        private final HeapRecords rows;

        Dot(HeapRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < query.length; i += LANES, o += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s = x.fma(ByteVector.fromArray(BYTES, p, o).reinterpretAsFloats(), s);
            }
            if (LANES > 8) {
                s = s.add(s.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s = s.add(s.rearrange(SWAP_4));
            }
            s = s.add(s.rearrange(SWAP_2));
            s = s.add(s.rearrange(SWAP_1));
            return s.lane(0);
        }

        @Override
        public void four(float[] query, int[] rows, int at, float[] out) {
            HeapRecords all = this.rows;
            byte[] p0 = all.page(rows[at]);
            byte[] p1 = all.page(rows[at + 1]);
            byte[] p2 = all.page(rows[at + 2]);
            byte[] p3 = all.page(rows[at + 3]);
            int o0 = all.offset(rows[at]);
            int o1 = all.offset(rows[at + 1]);
            int o2 = all.offset(rows[at + 2]);
            int o3 = all.offset(rows[at + 3]);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0, b = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s0 = x.fma(ByteVector.fromArray(BYTES, p0, o0 + b).reinterpretAsFloats(), s0);
                s1 = x.fma(ByteVector.fromArray(BYTES, p1, o1 + b).reinterpretAsFloats(), s1);
                s2 = x.fma(ByteVector.fromArray(BYTES, p2, o2 + b).reinterpretAsFloats(), s2);
                s3 = x.fma(ByteVector.fromArray(BYTES, p3, o3 + b).reinterpretAsFloats(), s3);
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_8));
                s1 = s1.add(s1.rearrange(SWAP_8));
                s2 = s2.add(s2.rearrange(SWAP_8));
                s3 = s3.add(s3.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_4));
                s1 = s1.add(s1.rearrange(SWAP_4));
                s2 = s2.add(s2.rearrange(SWAP_4));
                s3 = s3.add(s3.rearrange(SWAP_4));
            }
            s0 = s0.add(s0.rearrange(SWAP_2));
            s1 = s1.add(s1.rearrange(SWAP_2));
            s2 = s2.add(s2.rearrange(SWAP_2));
            s3 = s3.add(s3.rearrange(SWAP_2));
            s0 = s0.add(s0.rearrange(SWAP_1));
            s1 = s1.add(s1.rearrange(SWAP_1));
            s2 = s2.add(s2.rearrange(SWAP_1));
            s3 = s3.add(s3.rearrange(SWAP_1));
            out[at] = s0.lane(0);
            out[at + 1] = s1.lane(0);
            out[at + 2] = s2.lane(0);
            out[at + 3] = s3.lane(0);
        }

        @Override
        public void eight(float[] query, int[] rows, int at, float[] out) {
            HeapRecords all = this.rows;
            if (!all.inOnePage()) {
                four(query, rows, at, out);
                four(query, rows, at + 4, out);
                return;
            }
            byte[] p = all.page(0);
            int o0 = all.offset(rows[at]);
            int o1 = all.offset(rows[at + 1]);
            int o2 = all.offset(rows[at + 2]);
            int o3 = all.offset(rows[at + 3]);
            int o4 = all.offset(rows[at + 4]);
            int o5 = all.offset(rows[at + 5]);
            int o6 = all.offset(rows[at + 6]);
            int o7 = all.offset(rows[at + 7]);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int i = 0, b = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s0 = x.fma(ByteVector.fromArray(BYTES, p, o0 + b).reinterpretAsFloats(), s0);
                s1 = x.fma(ByteVector.fromArray(BYTES, p, o1 + b).reinterpretAsFloats(), s1);
                s2 = x.fma(ByteVector.fromArray(BYTES, p, o2 + b).reinterpretAsFloats(), s2);
                s3 = x.fma(ByteVector.fromArray(BYTES, p, o3 + b).reinterpretAsFloats(), s3);
                s4 = x.fma(ByteVector.fromArray(BYTES, p, o4 + b).reinterpretAsFloats(), s4);
                s5 = x.fma(ByteVector.fromArray(BYTES, p, o5 + b).reinterpretAsFloats(), s5);
                s6 = x.fma(ByteVector.fromArray(BYTES, p, o6 + b).reinterpretAsFloats(), s6);
                s7 = x.fma(ByteVector.fromArray(BYTES, p, o7 + b).reinterpretAsFloats(), s7);
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_8));
                s1 = s1.add(s1.rearrange(SWAP_8));
                s2 = s2.add(s2.rearrange(SWAP_8));
                s3 = s3.add(s3.rearrange(SWAP_8));
                s4 = s4.add(s4.rearrange(SWAP_8));
                s5 = s5.add(s5.rearrange(SWAP_8));
                s6 = s6.add(s6.rearrange(SWAP_8));
                s7 = s7.add(s7.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_4));
                s1 = s1.add(s1.rearrange(SWAP_4));
                s2 = s2.add(s2.rearrange(SWAP_4));
                s3 = s3.add(s3.rearrange(SWAP_4));
                s4 = s4.add(s4.rearrange(SWAP_4));
                s5 = s5.add(s5.rearrange(SWAP_4));
                s6 = s6.add(s6.rearrange(SWAP_4));
                s7 = s7.add(s7.rearrange(SWAP_4));
            }
            s0 = s0.add(s0.rearrange(SWAP_2));
            s1 = s1.add(s1.rearrange(SWAP_2));
            s2 = s2.add(s2.rearrange(SWAP_2));
            s3 = s3.add(s3.rearrange(SWAP_2));
            s4 = s4.add(s4.rearrange(SWAP_2));
            s5 = s5.add(s5.rearrange(SWAP_2));
            s6 = s6.add(s6.rearrange(SWAP_2));
            s7 = s7.add(s7.rearrange(SWAP_2));
            s0 = s0.add(s0.rearrange(SWAP_1));
            s1 = s1.add(s1.rearrange(SWAP_1));
            s2 = s2.add(s2.rearrange(SWAP_1));
            s3 = s3.add(s3.rearrange(SWAP_1));
            s4 = s4.add(s4.rearrange(SWAP_1));
            s5 = s5.add(s5.rearrange(SWAP_1));
            s6 = s6.add(s6.rearrange(SWAP_1));
            s7 = s7.add(s7.rearrange(SWAP_1));
            out[at] = s0.lane(0);
            out[at + 1] = s1.lane(0);
            out[at + 2] = s2.lane(0);
            out[at + 3] = s3.lane(0);
            out[at + 4] = s4.lane(0);
            out[at + 5] = s5.lane(0);
            out[at + 6] = s6.lane(0);
            out[at + 7] = s7.lane(0);
        }
    }

    /** The squared Euclidean distance. */
    static final class Squared implements FloatKernel {
        private final HeapRecords rows;

        Squared(HeapRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < query.length; i += LANES, o += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d = x.sub(ByteVector.fromArray(BYTES, p, o).reinterpretAsFloats());
                s = d.fma(d, s);
            }
            if (LANES > 8) {
                s = s.add(s.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s = s.add(s.rearrange(SWAP_4));
            }
            s = s.add(s.rearrange(SWAP_2));
            s = s.add(s.rearrange(SWAP_1));
            return s.lane(0);
        }

        @Override
        public void four(float[] query, int[] rows, int at, float[] out) {
            HeapRecords all = this.rows;
            byte[] p0 = all.page(rows[at]);
            byte[] p1 = all.page(rows[at + 1]);
            byte[] p2 = all.page(rows[at + 2]);
            byte[] p3 = all.page(rows[at + 3]);
            int o0 = all.offset(rows[at]);
            int o1 = all.offset(rows[at + 1]);
            int o2 = all.offset(rows[at + 2]);
            int o3 = all.offset(rows[at + 3]);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0, b = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d =
                        x.sub(ByteVector.fromArray(BYTES, p0, o0 + b).reinterpretAsFloats());
                s0 = d.fma(d, s0);
                d = x.sub(ByteVector.fromArray(BYTES, p1, o1 + b).reinterpretAsFloats());
                s1 = d.fma(d, s1);
                d = x.sub(ByteVector.fromArray(BYTES, p2, o2 + b).reinterpretAsFloats());
                s2 = d.fma(d, s2);
                d = x.sub(ByteVector.fromArray(BYTES, p3, o3 + b).reinterpretAsFloats());
                s3 = d.fma(d, s3);
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_8));
                s1 = s1.add(s1.rearrange(SWAP_8));
                s2 = s2.add(s2.rearrange(SWAP_8));
                s3 = s3.add(s3.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_4));
                s1 = s1.add(s1.rearrange(SWAP_4));
                s2 = s2.add(s2.rearrange(SWAP_4));
                s3 = s3.add(s3.rearrange(SWAP_4));
            }
            s0 = s0.add(s0.rearrange(SWAP_2));
            s1 = s1.add(s1.rearrange(SWAP_2));
            s2 = s2.add(s2.rearrange(SWAP_2));
            s3 = s3.add(s3.rearrange(SWAP_2));
            s0 = s0.add(s0.rearrange(SWAP_1));
            s1 = s1.add(s1.rearrange(SWAP_1));
            s2 = s2.add(s2.rearrange(SWAP_1));
            s3 = s3.add(s3.rearrange(SWAP_1));
            out[at] = s0.lane(0);
            out[at + 1] = s1.lane(0);
            out[at + 2] = s2.lane(0);
            out[at + 3] = s3.lane(0);
        }

        @Override
        public void eight(float[] query, int[] rows, int at, float[] out) {
            HeapRecords all = this.rows;
            if (!all.inOnePage()) {
                four(query, rows, at, out);
                four(query, rows, at + 4, out);
                return;
            }
            byte[] p = all.page(0);
            int o0 = all.offset(rows[at]);
            int o1 = all.offset(rows[at + 1]);
            int o2 = all.offset(rows[at + 2]);
            int o3 = all.offset(rows[at + 3]);
            int o4 = all.offset(rows[at + 4]);
            int o5 = all.offset(rows[at + 5]);
            int o6 = all.offset(rows[at + 6]);
            int o7 = all.offset(rows[at + 7]);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int i = 0, b = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d = x.sub(ByteVector.fromArray(BYTES, p, o0 + b).reinterpretAsFloats());
                s0 = d.fma(d, s0);
                d = x.sub(ByteVector.fromArray(BYTES, p, o1 + b).reinterpretAsFloats());
                s1 = d.fma(d, s1);
                d = x.sub(ByteVector.fromArray(BYTES, p, o2 + b).reinterpretAsFloats());
                s2 = d.fma(d, s2);
                d = x.sub(ByteVector.fromArray(BYTES, p, o3 + b).reinterpretAsFloats());
                s3 = d.fma(d, s3);
                d = x.sub(ByteVector.fromArray(BYTES, p, o4 + b).reinterpretAsFloats());
                s4 = d.fma(d, s4);
                d = x.sub(ByteVector.fromArray(BYTES, p, o5 + b).reinterpretAsFloats());
                s5 = d.fma(d, s5);
                d = x.sub(ByteVector.fromArray(BYTES, p, o6 + b).reinterpretAsFloats());
                s6 = d.fma(d, s6);
                d = x.sub(ByteVector.fromArray(BYTES, p, o7 + b).reinterpretAsFloats());
                s7 = d.fma(d, s7);
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_8));
                s1 = s1.add(s1.rearrange(SWAP_8));
                s2 = s2.add(s2.rearrange(SWAP_8));
                s3 = s3.add(s3.rearrange(SWAP_8));
                s4 = s4.add(s4.rearrange(SWAP_8));
                s5 = s5.add(s5.rearrange(SWAP_8));
                s6 = s6.add(s6.rearrange(SWAP_8));
                s7 = s7.add(s7.rearrange(SWAP_8));
            }
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_4));
                s1 = s1.add(s1.rearrange(SWAP_4));
                s2 = s2.add(s2.rearrange(SWAP_4));
                s3 = s3.add(s3.rearrange(SWAP_4));
                s4 = s4.add(s4.rearrange(SWAP_4));
                s5 = s5.add(s5.rearrange(SWAP_4));
                s6 = s6.add(s6.rearrange(SWAP_4));
                s7 = s7.add(s7.rearrange(SWAP_4));
            }
            s0 = s0.add(s0.rearrange(SWAP_2));
            s1 = s1.add(s1.rearrange(SWAP_2));
            s2 = s2.add(s2.rearrange(SWAP_2));
            s3 = s3.add(s3.rearrange(SWAP_2));
            s4 = s4.add(s4.rearrange(SWAP_2));
            s5 = s5.add(s5.rearrange(SWAP_2));
            s6 = s6.add(s6.rearrange(SWAP_2));
            s7 = s7.add(s7.rearrange(SWAP_2));
            s0 = s0.add(s0.rearrange(SWAP_1));
            s1 = s1.add(s1.rearrange(SWAP_1));
            s2 = s2.add(s2.rearrange(SWAP_1));
            s3 = s3.add(s3.rearrange(SWAP_1));
            s4 = s4.add(s4.rearrange(SWAP_1));
            s5 = s5.add(s5.rearrange(SWAP_1));
            s6 = s6.add(s6.rearrange(SWAP_1));
            s7 = s7.add(s7.rearrange(SWAP_1));
            out[at] = s0.lane(0);
            out[at + 1] = s1.lane(0);
            out[at + 2] = s2.lane(0);
            out[at + 3] = s3.lane(0);
            out[at + 4] = s4.lane(0);
            out[at + 5] = s5.lane(0);
            out[at + 6] = s6.lane(0);
            out[at + 7] = s7.lane(0);
        }
    }
}
