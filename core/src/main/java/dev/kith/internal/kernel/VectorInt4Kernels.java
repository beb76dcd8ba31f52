package dev.kith.internal.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels: the dot product of a query and codes of four bits. A load of bytes, widened to ints, gives the codes of two
 * runs of components: the low halves one of the first half of the row, the high halves one of the second.
 *
 * <p>One accumulator a row and the rest as in {@link VectorHeapKernels}.
 */
final class VectorInt4Kernels {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Integer> INTS = Species.INTS;
    private static final VectorSpecies<Byte> BYTES = Species.CODES;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_8 = Species.swap(8);
    private static final VectorShuffle<Float> SWAP_4 = Species.swap(4);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);

    private VectorInt4Kernels() {}

    /** Rows in heap pages. */
    static final class Heap implements FloatKernel {
        private final HeapRecords rows;

        Heap(HeapRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            int half = query.length / 2;
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v = (IntVector) ByteVector.fromArray(BYTES, p, o + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s = x.fma(v.and(15).convert(I2F, 0), s);
                s = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s);
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
            int half = query.length / 2;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v = (IntVector) ByteVector.fromArray(BYTES, p0, o0 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s0 = x.fma(v.and(15).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromArray(BYTES, p1, o1 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(15).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromArray(BYTES, p2, o2 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(15).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromArray(BYTES, p3, o3 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(15).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
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
            int half = query.length / 2;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v = (IntVector) ByteVector.fromArray(BYTES, p, o0 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s0 = x.fma(v.and(15).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o1 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(15).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o2 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(15).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o3 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(15).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o4 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s4 = x.fma(v.and(15).convert(I2F, 0), s4);
                s4 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s4);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o5 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s5 = x.fma(v.and(15).convert(I2F, 0), s5);
                s5 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s5);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o6 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s6 = x.fma(v.and(15).convert(I2F, 0), s6);
                s6 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s6);
                v = (IntVector) ByteVector.fromArray(BYTES, p, o7 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s7 = x.fma(v.and(15).convert(I2F, 0), s7);
                s7 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s7);
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

    /** Rows in a mapped file. */
    static final class Mapped implements FloatKernel {
        private final MappedRecords rows;

        Mapped(MappedRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            int half = query.length / 2;
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v =
                        (IntVector) ByteVector.fromMemorySegment(BYTES, m, o + i, LITTLE_ENDIAN)
                                .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s = x.fma(v.and(15).convert(I2F, 0), s);
                s = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s);
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
            MappedRecords all = this.rows;
            MemorySegment m = all.segment();
            long o0 = all.offset(rows[at]);
            long o1 = all.offset(rows[at + 1]);
            long o2 = all.offset(rows[at + 2]);
            long o3 = all.offset(rows[at + 3]);
            int half = query.length / 2;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v =
                        (IntVector) ByteVector.fromMemorySegment(BYTES, m, o0 + i, LITTLE_ENDIAN)
                                .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s0 = x.fma(v.and(15).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o1 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(15).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o2 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(15).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o3 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(15).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
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
            MappedRecords all = this.rows;
            MemorySegment m = all.segment();
            long o0 = all.offset(rows[at]);
            long o1 = all.offset(rows[at + 1]);
            long o2 = all.offset(rows[at + 2]);
            long o3 = all.offset(rows[at + 3]);
            long o4 = all.offset(rows[at + 4]);
            long o5 = all.offset(rows[at + 5]);
            long o6 = all.offset(rows[at + 6]);
            long o7 = all.offset(rows[at + 7]);
            int half = query.length / 2;
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int i = 0; i < half; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector y = FloatVector.fromArray(FLOATS, query, half + i);
                IntVector v =
                        (IntVector) ByteVector.fromMemorySegment(BYTES, m, o0 + i, LITTLE_ENDIAN)
                                .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s0 = x.fma(v.and(15).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o1 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(15).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o2 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(15).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o3 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(15).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o4 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s4 = x.fma(v.and(15).convert(I2F, 0), s4);
                s4 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s4);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o5 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s5 = x.fma(v.and(15).convert(I2F, 0), s5);
                s5 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s5);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o6 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s6 = x.fma(v.and(15).convert(I2F, 0), s6);
                s6 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s6);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o7 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s7 = x.fma(v.and(15).convert(I2F, 0), s7);
                s7 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s7);
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
