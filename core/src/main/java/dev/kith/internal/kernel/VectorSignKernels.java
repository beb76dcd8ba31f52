package dev.kith.internal.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.kith.spi.HeapRecords;
import dev.kith.spi.MappedRecords;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels: sums of a query of four bit planes over the bits of a row, see {@link SignKernels}. Each plane costs an AND, a
 * population count and an addition for as many components as a vector has bits.
 *
 * <p>Four rows are twice two, for the reason in {@link VectorInt8Kernels}. Sums are whole numbers, so lanes may be added in any order. One accumulator a row and the rest as in
 * {@link VectorHeapKernels}.
 */
final class VectorSignKernels {
    private static final VectorSpecies<Byte> BYTES = Species.BYTES;
    private static final VectorSpecies<Long> LONGS =
            VectorSpecies.of(long.class, BYTES.vectorShape());
    private static final int LANES = LONGS.length();

    private VectorSignKernels() {}

    /** Rows in heap pages. */
    static final class Heap implements RowKernel<long[]> {
        private final HeapRecords rows;

        Heap(HeapRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(long[] query, int row) {
            byte[] p = rows.page(row);
            int o = rows.offset(row);
            int words = query.length / 4;
            LongVector s = LongVector.zero(LONGS);
            for (int i = 0; i < words; i += LANES) {
                LongVector q0 = LongVector.fromArray(LONGS, query, i);
                LongVector q1 = LongVector.fromArray(LONGS, query, words + i);
                LongVector q2 = LongVector.fromArray(LONGS, query, 2 * words + i);
                LongVector q3 = LongVector.fromArray(LONGS, query, 3 * words + i);
                LongVector v = ByteVector.fromArray(BYTES, p, o + 8 * i).reinterpretAsLongs();
                LongVector t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s = s.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
            }
            return s.reduceLanes(ADD);
        }

        @Override
        public void four(long[] query, int[] rows, int at, float[] out) {
            two(query, rows, at, out);
            two(query, rows, at + 2, out);
        }

        private void two(long[] query, int[] rows, int at, float[] out) {
            HeapRecords all = this.rows;
            byte[] p0 = all.page(rows[at]);
            byte[] p1 = all.page(rows[at + 1]);
            int o0 = all.offset(rows[at]);
            int o1 = all.offset(rows[at + 1]);
            int words = query.length / 4;
            LongVector s0 = LongVector.zero(LONGS);
            LongVector s1 = s0;
            for (int i = 0; i < words; i += LANES) {
                LongVector q0 = LongVector.fromArray(LONGS, query, i);
                LongVector q1 = LongVector.fromArray(LONGS, query, words + i);
                LongVector q2 = LongVector.fromArray(LONGS, query, 2 * words + i);
                LongVector q3 = LongVector.fromArray(LONGS, query, 3 * words + i);
                LongVector v = ByteVector.fromArray(BYTES, p0, o0 + 8 * i).reinterpretAsLongs();
                LongVector t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s0 = s0.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
                v = ByteVector.fromArray(BYTES, p1, o1 + 8 * i).reinterpretAsLongs();
                t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s1 = s1.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
            }
            out[at] = s0.reduceLanes(ADD);
            out[at + 1] = s1.reduceLanes(ADD);
        }
    }

    /** Rows in a mapped file. */
    static final class Mapped implements RowKernel<long[]> {
        private final MappedRecords rows;

        Mapped(MappedRecords rows) {
            this.rows = rows;
        }

        @Override
        public float one(long[] query, int row) {
            MemorySegment m = rows.segment();
            long o = rows.offset(row);
            int words = query.length / 4;
            LongVector s = LongVector.zero(LONGS);
            for (int i = 0; i < words; i += LANES) {
                LongVector q0 = LongVector.fromArray(LONGS, query, i);
                LongVector q1 = LongVector.fromArray(LONGS, query, words + i);
                LongVector q2 = LongVector.fromArray(LONGS, query, 2 * words + i);
                LongVector q3 = LongVector.fromArray(LONGS, query, 3 * words + i);
                LongVector v = ByteVector.fromMemorySegment(BYTES, m, o + 8L * i, LITTLE_ENDIAN)
                        .reinterpretAsLongs();
                LongVector t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s = s.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
            }
            return s.reduceLanes(ADD);
        }

        @Override
        public void four(long[] query, int[] rows, int at, float[] out) {
            two(query, rows, at, out);
            two(query, rows, at + 2, out);
        }

        private void two(long[] query, int[] rows, int at, float[] out) {
            MappedRecords all = this.rows;
            MemorySegment m = all.segment();
            long o0 = all.offset(rows[at]);
            long o1 = all.offset(rows[at + 1]);
            int words = query.length / 4;
            LongVector s0 = LongVector.zero(LONGS);
            LongVector s1 = s0;
            for (int i = 0; i < words; i += LANES) {
                LongVector q0 = LongVector.fromArray(LONGS, query, i);
                LongVector q1 = LongVector.fromArray(LONGS, query, words + i);
                LongVector q2 = LongVector.fromArray(LONGS, query, 2 * words + i);
                LongVector q3 = LongVector.fromArray(LONGS, query, 3 * words + i);
                LongVector v = ByteVector.fromMemorySegment(BYTES, m, o0 + 8L * i, LITTLE_ENDIAN)
                        .reinterpretAsLongs();
                LongVector t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s0 = s0.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
                v = ByteVector.fromMemorySegment(BYTES, m, o1 + 8L * i, LITTLE_ENDIAN)
                        .reinterpretAsLongs();
                t = v.and(q2)
                        .lanewise(BIT_COUNT)
                        .sub(v.and(q3).lanewise(BIT_COUNT).lanewise(LSHL, 1));
                t = v.and(q1).lanewise(BIT_COUNT).add(t.lanewise(LSHL, 1));
                s1 = s1.add(v.and(q0).lanewise(BIT_COUNT)).add(t.lanewise(LSHL, 1));
            }
            out[at] = s0.reduceLanes(ADD);
            out[at + 1] = s1.reduceLanes(ADD);
        }
    }
}
