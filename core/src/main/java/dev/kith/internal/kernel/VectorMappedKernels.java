package dev.kith.internal.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.kith.spi.MappedRecords;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels over float32 rows in a mapped file.
 *
 * <p>One accumulator a row: its chain of additions is as long as the row, but the chains of the other rows, or of the next
 * call, run beside it. The lanes are added by halves, written out because {@code reduceLanes} adds in another order once
 * it is compiled, and a build must give the same bytes whenever that happens; those of several rows share their vectors as
 * soon as half of each is free. Bodies are flat, because the compiler boxes
 * vectors that pass through methods it does not inline. Each load checks
 * that the mapping is open and the range inside it.
 */
final class VectorMappedKernels {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final int STEP = 4 * LANES;
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

    private VectorMappedKernels() {}

    /** The dot product. */
    static final class Dot implements FloatKernel {
        private final MappedRecords rows;

        Dot(MappedRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < query.length; i += LANES, o += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o, LITTLE_ENDIAN), s);
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
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            long b = 0;
            for (int i = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s0 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o0 + b, LITTLE_ENDIAN), s0);
                s1 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o1 + b, LITTLE_ENDIAN), s1);
                s2 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o2 + b, LITTLE_ENDIAN), s2);
                s3 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o3 + b, LITTLE_ENDIAN), s3);
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
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            long b = 0;
            for (int i = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                s0 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o0 + b, LITTLE_ENDIAN), s0);
                s1 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o1 + b, LITTLE_ENDIAN), s1);
                s2 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o2 + b, LITTLE_ENDIAN), s2);
                s3 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o3 + b, LITTLE_ENDIAN), s3);
                s4 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o4 + b, LITTLE_ENDIAN), s4);
                s5 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o5 + b, LITTLE_ENDIAN), s5);
                s6 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o6 + b, LITTLE_ENDIAN), s6);
                s7 = x.fma(FloatVector.fromMemorySegment(FLOATS, m, o7 + b, LITTLE_ENDIAN), s7);
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
        private final MappedRecords rows;

        Squared(MappedRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(float[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            FloatVector s = FloatVector.zero(FLOATS);
            for (int i = 0; i < query.length; i += LANES, o += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o, LITTLE_ENDIAN));
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
            MappedRecords all = this.rows;
            MemorySegment m = all.segment();
            long o0 = all.offset(rows[at]);
            long o1 = all.offset(rows[at + 1]);
            long o2 = all.offset(rows[at + 2]);
            long o3 = all.offset(rows[at + 3]);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            long b = 0;
            for (int i = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d =
                        x.sub(FloatVector.fromMemorySegment(FLOATS, m, o0 + b, LITTLE_ENDIAN));
                s0 = d.fma(d, s0);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o1 + b, LITTLE_ENDIAN));
                s1 = d.fma(d, s1);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o2 + b, LITTLE_ENDIAN));
                s2 = d.fma(d, s2);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o3 + b, LITTLE_ENDIAN));
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
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            long b = 0;
            for (int i = 0; i < query.length; i += LANES, b += STEP) {
                FloatVector x = FloatVector.fromArray(FLOATS, query, i);
                FloatVector d =
                        x.sub(FloatVector.fromMemorySegment(FLOATS, m, o0 + b, LITTLE_ENDIAN));
                s0 = d.fma(d, s0);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o1 + b, LITTLE_ENDIAN));
                s1 = d.fma(d, s1);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o2 + b, LITTLE_ENDIAN));
                s2 = d.fma(d, s2);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o3 + b, LITTLE_ENDIAN));
                s3 = d.fma(d, s3);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o4 + b, LITTLE_ENDIAN));
                s4 = d.fma(d, s4);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o5 + b, LITTLE_ENDIAN));
                s5 = d.fma(d, s5);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o6 + b, LITTLE_ENDIAN));
                s6 = d.fma(d, s6);
                d = x.sub(FloatVector.fromMemorySegment(FLOATS, m, o7 + b, LITTLE_ENDIAN));
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
