package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The look-up tables of a query with SIMD: see {@link Tables}. */
final class VectorTables {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Byte> TABLE = ByteVector.SPECIES_128;
    private static final VectorSpecies<Byte> EIGHT = ByteVector.SPECIES_64;
    private static final int ZERO = 15;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);
    private static final ByteVector FIRST = ByteVector.broadcast(TABLE, (byte) 0);
    private static final ByteVector FIRST_0 = share(0, 0);
    private static final ByteVector FIRST_1 = share(0, 1);
    private static final ByteVector FIRST_2 = share(0, 2);
    private static final ByteVector FIRST_3 = share(0, 3);
    private static final ByteVector SECOND = ByteVector.broadcast(TABLE, (byte) 4);
    private static final ByteVector SECOND_0 = share(4, 0);
    private static final ByteVector SECOND_1 = share(4, 1);
    private static final ByteVector SECOND_2 = share(4, 2);
    private static final ByteVector SECOND_3 = share(4, 3);

    private VectorTables() {}

    /** Where each entry finds its share of a component: at the component if it has the bit, else at a zero. */
    private static ByteVector share(int column, int bit) {
        byte[] places = new byte[16];
        for (int i = 0; i < 16; i++) {
            places[i] = (byte) ((i >> bit & 1) != 0 ? column + bit : ZERO);
        }
        return ByteVector.fromArray(TABLE, places, 0);
    }

    static float largest(float[] query) {
        FloatVector largest = FloatVector.zero(FLOATS);
        for (int i = 0; i < query.length; i += LANES) {
            FloatVector sums = FloatVector.fromArray(FLOATS, query, i).abs();
            sums = sums.add(sums.rearrange(SWAP_1));
            sums = sums.add(sums.rearrange(SWAP_2));
            largest = largest.max(sums);
        }
        return largest.reduceLanes(MAX);
    }

    /** The ints are narrowed by a plain loop, which the compiler turns into SIMD by itself. */
    static void round(float[] query, float inverse, int[] ints, byte[] rounded) {
        for (int i = 0; i < query.length; i += LANES) {
            ((IntVector) FloatVector.fromArray(FLOATS, query, i)
                            .mul(inverse)
                            .add(128.5f)
                            .convert(F2I, 0))
                    .intoArray(ints, i);
        }
        for (int i = 0; i < query.length; i++) {
            rounded[i] = (byte) (ints[i] - 128);
        }
    }

    /**
     * Two columns at a time: their eight components, doubled, stand beside eight zeros in one vector, from which each bit's
     * share of the entries is looked up. The sum of four components comes from adding neighbours twice.
     */
    static void fill(byte[] rounded, byte[] tables) {
        for (int i = 0; i < rounded.length; i += 8) {
            ByteVector x = ByteVector.fromArray(EIGHT, rounded, i);
            ByteVector pairs = x.add(x.reinterpretAsInts().lanewise(LSHR, 8).reinterpretAsBytes());
            ByteVector sums =
                    pairs.add(pairs.reinterpretAsInts().lanewise(LSHR, 16).reinterpretAsBytes());
            ByteVector doubled = (ByteVector) x.add(x).castShape(TABLE, 0);
            ByteVector bases = (ByteVector) sums.neg().add((byte) Tables.BIAS).castShape(TABLE, 0);
            FIRST.selectFrom(bases)
                    .add(FIRST_0.selectFrom(doubled))
                    .add(FIRST_1.selectFrom(doubled))
                    .add(FIRST_2.selectFrom(doubled).add(FIRST_3.selectFrom(doubled)))
                    .intoArray(tables, 4 * i);
            SECOND.selectFrom(bases)
                    .add(SECOND_0.selectFrom(doubled))
                    .add(SECOND_1.selectFrom(doubled))
                    .add(SECOND_2.selectFrom(doubled).add(SECOND_3.selectFrom(doubled)))
                    .intoArray(tables, 4 * i + 16);
        }
    }
}
