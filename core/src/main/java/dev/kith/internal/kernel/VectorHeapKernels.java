package dev.kith.internal.kernel;

import dev.kith.spi.HeapRecords;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels over float32 rows in heap pages.
 *
 * <p>One accumulator a row: its chain of additions is as long as the row, but the chains of the other rows, or of the next
 * call, run beside it. The lanes are added by halves, written out because {@code reduceLanes} adds in another order once
 * it is compiled, and a build must give the same bytes whenever that happens; those of several rows share their vectors as
 * soon as half of each is free. Bodies are flat, because the compiler boxes
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

    /**
     * Bits that offsets in pages and lengths of queries do not have are taken from them, so that the compiler knows that an
     * offset and a component's place make no sum that overflows, and adds the offset to the address before the loop. It then
     * loads all rows first, which takes the 32 registers of 512-bit vectors; with 16, sums would live on the stack.
     */
    private static final int OFFSETS = LANES > 8 ? (1 << 30) - 1 : -1;

    private static final int LENGTHS = LANES > 8 ? (1 << 24) - 1 : -1;

    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> SWAP_HALF = Species.swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTER = Species.swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_EIGHTH = Species.swap(LANES / 8);
    private static final VectorShuffle<Float> SWAP_SIXTEENTH = Species.swap(LANES / 16);
    private static final VectorMask<Float> UPPER_HALF = Species.upper(LANES / 2);
    private static final VectorMask<Float> UPPER_QUARTER = Species.upper(LANES / 4);
    private static final VectorMask<Float> UPPER_EIGHTH = Species.upper(LANES / 8);
    private static final VectorShuffle<Float> ORDER = Species.order();

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
            s = s.add(s.rearrange(SWAP_HALF));
            s = s.add(s.rearrange(SWAP_QUARTER));
            if (LANES > 4) {
                s = s.add(s.rearrange(SWAP_EIGHTH));
            }
            if (LANES > 8) {
                s = s.add(s.rearrange(SWAP_SIXTEENTH));
            }
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
            s0 = s0.blend(s1, UPPER_HALF).add(s1.blend(s0, UPPER_HALF).rearrange(SWAP_HALF));
            s2 = s2.blend(s3, UPPER_HALF).add(s3.blend(s2, UPPER_HALF).rearrange(SWAP_HALF));
            s0 = s0.blend(s2, UPPER_QUARTER)
                    .add(s2.blend(s0, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_EIGHTH));
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_SIXTEENTH));
            }
            s0 = s0.rearrange(ORDER);
            ((FloatVector) s0.reinterpretShape(FOUR, 0)).intoArray(out, at);
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
            int o0 = all.offset(rows[at]) & OFFSETS;
            int o1 = all.offset(rows[at + 1]) & OFFSETS;
            int o2 = all.offset(rows[at + 2]) & OFFSETS;
            int o3 = all.offset(rows[at + 3]) & OFFSETS;
            int o4 = all.offset(rows[at + 4]) & OFFSETS;
            int o5 = all.offset(rows[at + 5]) & OFFSETS;
            int o6 = all.offset(rows[at + 6]) & OFFSETS;
            int o7 = all.offset(rows[at + 7]) & OFFSETS;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            int length = query.length & LENGTHS;
            for (int i = 0; i < length; i += LANES) {
                int b = 4 * i;
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
            s0 = s0.blend(s1, UPPER_HALF).add(s1.blend(s0, UPPER_HALF).rearrange(SWAP_HALF));
            s2 = s2.blend(s3, UPPER_HALF).add(s3.blend(s2, UPPER_HALF).rearrange(SWAP_HALF));
            s4 = s4.blend(s5, UPPER_HALF).add(s5.blend(s4, UPPER_HALF).rearrange(SWAP_HALF));
            s6 = s6.blend(s7, UPPER_HALF).add(s7.blend(s6, UPPER_HALF).rearrange(SWAP_HALF));
            s0 = s0.blend(s2, UPPER_QUARTER)
                    .add(s2.blend(s0, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            s4 = s4.blend(s6, UPPER_QUARTER)
                    .add(s6.blend(s4, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            if (LANES == 4) {
                s0.rearrange(ORDER).intoArray(out, at);
                s4.rearrange(ORDER).intoArray(out, at + 4);
                return;
            }
            s0 = s0.blend(s4, UPPER_EIGHTH).add(s4.blend(s0, UPPER_EIGHTH).rearrange(SWAP_EIGHTH));
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_SIXTEENTH));
            }
            s0 = s0.rearrange(ORDER);
            ((FloatVector) s0.reinterpretShape(EIGHT, 0)).intoArray(out, at);
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
            s = s.add(s.rearrange(SWAP_HALF));
            s = s.add(s.rearrange(SWAP_QUARTER));
            if (LANES > 4) {
                s = s.add(s.rearrange(SWAP_EIGHTH));
            }
            if (LANES > 8) {
                s = s.add(s.rearrange(SWAP_SIXTEENTH));
            }
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
            s0 = s0.blend(s1, UPPER_HALF).add(s1.blend(s0, UPPER_HALF).rearrange(SWAP_HALF));
            s2 = s2.blend(s3, UPPER_HALF).add(s3.blend(s2, UPPER_HALF).rearrange(SWAP_HALF));
            s0 = s0.blend(s2, UPPER_QUARTER)
                    .add(s2.blend(s0, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            if (LANES > 4) {
                s0 = s0.add(s0.rearrange(SWAP_EIGHTH));
            }
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_SIXTEENTH));
            }
            s0 = s0.rearrange(ORDER);
            ((FloatVector) s0.reinterpretShape(FOUR, 0)).intoArray(out, at);
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
            s0 = s0.blend(s1, UPPER_HALF).add(s1.blend(s0, UPPER_HALF).rearrange(SWAP_HALF));
            s2 = s2.blend(s3, UPPER_HALF).add(s3.blend(s2, UPPER_HALF).rearrange(SWAP_HALF));
            s4 = s4.blend(s5, UPPER_HALF).add(s5.blend(s4, UPPER_HALF).rearrange(SWAP_HALF));
            s6 = s6.blend(s7, UPPER_HALF).add(s7.blend(s6, UPPER_HALF).rearrange(SWAP_HALF));
            s0 = s0.blend(s2, UPPER_QUARTER)
                    .add(s2.blend(s0, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            s4 = s4.blend(s6, UPPER_QUARTER)
                    .add(s6.blend(s4, UPPER_QUARTER).rearrange(SWAP_QUARTER));
            if (LANES == 4) {
                s0.rearrange(ORDER).intoArray(out, at);
                s4.rearrange(ORDER).intoArray(out, at + 4);
                return;
            }
            s0 = s0.blend(s4, UPPER_EIGHTH).add(s4.blend(s0, UPPER_EIGHTH).rearrange(SWAP_EIGHTH));
            if (LANES > 8) {
                s0 = s0.add(s0.rearrange(SWAP_SIXTEENTH));
            }
            s0 = s0.rearrange(ORDER);
            ((FloatVector) s0.reinterpretShape(EIGHT, 0)).intoArray(out, at);
        }
    }
}
