package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import dev.kith.spi.HeapRecords;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD kernels over blocks of codes in heap pages.
 *
 * <p>The narrow look-up is {@code selectFrom} on 128 bits, which the compiler makes one byte shuffle of: it takes the low four bits
 * of an index, so that they need not be masked. Shifts and masks are those of ints, because shifts of bytes and shorts by a
 * constant take a register each. 256 bits would look up in one table of twice the size, with five instructions instead of one.
 *
 * <p>The wide one takes a cache line at once, if {@link WideLookups} can. It takes three fifths of the time, and a third of the
 * instructions a line, so that more lines are under way at once while the block is being read from memory.
 */
final class VectorHeapBlocks implements BlockKernel {
    private static final VectorSpecies<Byte> CODES = ByteVector.SPECIES_128;
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Byte> BYTES = Species.BYTES;
    private static final VectorSpecies<Short> SHORTS = Species.SHORTS;
    private static final VectorSpecies<Integer> INTS = Species.INTS;
    private static final int LANES = FLOATS.length();
    private static final IntVector LOW = IntVector.broadcast(IntVector.SPECIES_128, 0x00FF00FF);

    private final HeapRecords records;
    private final short[] wide = new short[WideLookups.SUMS];

    VectorHeapBlocks(HeapRecords records) {
        this.records = records;
    }

    @Override
    public void sums(byte[] tables, int columns, int record, int at, short[] sums) {
        if (WideLookups.USABLE) {
            wide(tables, columns, record, at);
            WideLookups.fold(wide, sums);
        } else {
            narrow(tables, columns, record, at, sums);
        }
    }

    /** Eight columns a step; sums of whole shorts hold those of the upper bytes too, which are taken off at the end. */
    private void wide(byte[] tables, int columns, int record, int at) {
        byte[] page = records.page(record);
        int from = records.offset(record) + at;
        ShortVector s0 = ShortVector.zero(ShortVector.SPECIES_512);
        ShortVector s1 = s0;
        ShortVector s2 = s0;
        ShortVector s3 = s0;
        for (int t = 0; t < 16 * columns; t += 128) {
            ByteVector c0 = ByteVector.fromArray(WideLookups.BYTES, page, from + t);
            ByteVector c1 = ByteVector.fromArray(WideLookups.BYTES, page, from + t + 64);
            ByteVector t0 = ByteVector.fromArray(WideLookups.BYTES, tables, t);
            ByteVector t1 = ByteVector.fromArray(WideLookups.BYTES, tables, t + 64);
            ByteVector l0 = c0.and(WideLookups.HALF).or(WideLookups.TABLES).selectFrom(t0);
            ByteVector l1 = c1.and(WideLookups.HALF).or(WideLookups.TABLES).selectFrom(t1);
            ShortVector two = l0.add(l1).reinterpretAsShorts();
            s0 = s0.add(two);
            s1 = s1.add(two.lanewise(LSHR, 8));
            c0 = c0.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            c1 = c1.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            l0 = c0.and(WideLookups.HALF).or(WideLookups.TABLES).selectFrom(t0);
            l1 = c1.and(WideLookups.HALF).or(WideLookups.TABLES).selectFrom(t1);
            two = l0.add(l1).reinterpretAsShorts();
            s2 = s2.add(two);
            s3 = s3.add(two.lanewise(LSHR, 8));
        }
        s0.sub(s1.lanewise(LSHL, 8)).intoArray(wide, 0);
        s1.intoArray(wide, 32);
        s2.sub(s3.lanewise(LSHL, 8)).intoArray(wide, 64);
        s3.intoArray(wide, 96);
    }

    private void narrow(byte[] tables, int columns, int record, int at, short[] sums) {
        byte[] page = records.page(record);
        int from = records.offset(record) + at;
        ShortVector s0 = ShortVector.zero(ShortVector.SPECIES_128);
        ShortVector s1 = s0;
        ShortVector s2 = s0;
        ShortVector s3 = s0;
        for (int t = 0; t < 16 * columns; t += 64) {
            int o = from + t;
            ByteVector c0 = ByteVector.fromArray(CODES, page, o);
            ByteVector c1 = ByteVector.fromArray(CODES, page, o + 16);
            ByteVector c2 = ByteVector.fromArray(CODES, page, o + 32);
            ByteVector c3 = ByteVector.fromArray(CODES, page, o + 48);
            ByteVector t0 = ByteVector.fromArray(CODES, tables, t);
            ByteVector t1 = ByteVector.fromArray(CODES, tables, t + 16);
            ByteVector t2 = ByteVector.fromArray(CODES, tables, t + 32);
            ByteVector t3 = ByteVector.fromArray(CODES, tables, t + 48);
            IntVector four = c0.selectFrom(t0)
                    .add(c1.selectFrom(t1))
                    .add(c2.selectFrom(t2).add(c3.selectFrom(t3)))
                    .reinterpretAsInts();
            s0 = s0.add(four.and(LOW).reinterpretAsShorts());
            s1 = s1.add(four.lanewise(LSHR, 8).and(LOW).reinterpretAsShorts());
            c0 = c0.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            c1 = c1.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            c2 = c2.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            c3 = c3.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
            four = c0.selectFrom(t0)
                    .add(c1.selectFrom(t1))
                    .add(c2.selectFrom(t2).add(c3.selectFrom(t3)))
                    .reinterpretAsInts();
            s2 = s2.add(four.and(LOW).reinterpretAsShorts());
            s3 = s3.add(four.lanewise(LSHR, 8).and(LOW).reinterpretAsShorts());
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, 8);
        s2.intoArray(sums, 16);
        s3.intoArray(sums, 24);
    }

    @Override
    public int estimates(
            short[] sums,
            int record,
            int at,
            float scale,
            float shift,
            float base,
            float limit,
            float[] estimates) {
        byte[] page = records.page(record);
        int from = records.offset(record) + at;
        long below = 0;
        for (int i = 0; i < MEMBERS; i += LANES) {
            IntVector ints = (IntVector)
                    ShortVector.fromArray(SHORTS, sums, i).convertShape(ZERO_EXTEND_S2I, INTS, 0);
            FloatVector product =
                    ((FloatVector) ints.convert(I2F, 0)).mul(scale).add(shift);
            FloatVector a = ByteVector.fromArray(BYTES, page, from + 4 * i).reinterpretAsFloats();
            FloatVector b = ByteVector.fromArray(BYTES, page, from + 4 * (i + MEMBERS))
                    .reinterpretAsFloats();
            FloatVector estimate = b.mul(product).add(a).add(base);
            estimate.intoArray(estimates, i);
            below |= estimate.compare(LT, limit).toLong() << i;
        }
        return (int) below;
    }
}
