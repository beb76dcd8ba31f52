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
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels: the dot product of a query and codes of four bits. A load of bytes, widened to ints, gives the codes of two
 * runs of components: the low halves one of the first half of the row, the high halves one of the second.
 *
 * <p>One accumulator a row and the rest as in {@link VectorInt8Kernels}.
 */
final class VectorInt4Kernels {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Integer> INTS = Species.INTS;
    private static final VectorSpecies<Byte> BYTES = Species.CODES;
    private static final int LANES = FLOATS.length();
    private static final IntVector LOW = IntVector.broadcast(INTS, 15);
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorShuffle<Float> SWAP_HALF = Species.swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTER = Species.swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_EIGHTH = Species.swap(LANES / 8);
    private static final VectorShuffle<Float> SWAP_SIXTEENTH = Species.swap(LANES / 16);
    private static final VectorMask<Float> UPPER_HALF = Species.upper(LANES / 2);
    private static final VectorMask<Float> UPPER_QUARTER = Species.upper(LANES / 4);
    private static final VectorShuffle<Float> ORDER = Species.order();

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
                s = x.fma(v.and(LOW).convert(I2F, 0), s);
                s = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s);
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
                s0 = x.fma(v.and(LOW).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromArray(BYTES, p1, o1 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(LOW).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromArray(BYTES, p2, o2 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(LOW).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromArray(BYTES, p3, o3 + i)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(LOW).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
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
                s = x.fma(v.and(LOW).convert(I2F, 0), s);
                s = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s);
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
                s0 = x.fma(v.and(LOW).convert(I2F, 0), s0);
                s0 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s0);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o1 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s1 = x.fma(v.and(LOW).convert(I2F, 0), s1);
                s1 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s1);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o2 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s2 = x.fma(v.and(LOW).convert(I2F, 0), s2);
                s2 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s2);
                v = (IntVector) ByteVector.fromMemorySegment(BYTES, m, o3 + i, LITTLE_ENDIAN)
                        .convertShape(ZERO_EXTEND_B2I, INTS, 0);
                s3 = x.fma(v.and(LOW).convert(I2F, 0), s3);
                s3 = y.fma(v.lanewise(LSHR, 4).convert(I2F, 0), s3);
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
    }
}
