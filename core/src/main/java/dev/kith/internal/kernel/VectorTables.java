package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The look-up tables of a query with SIMD: see {@link Tables}. */
final class VectorTables {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Byte> TABLE = ByteVector.SPECIES_128;
    private static final VectorSpecies<Byte> BYTES = Species.CODES;
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);

    /** Lane {@code 4p + s} of a vector of pairs holds the sum of pair {@code p} of components, with the signs {@code s}. */
    private static final ByteVector EVEN_0 = lanes(lane -> lane / 4 * 2);

    private static final ByteVector ODD_0 = lanes(lane -> lane / 4 * 2 + 1);
    private static final ByteVector EVEN_1 = lanes(lane -> lane / 4 * 2 + 8);
    private static final ByteVector ODD_1 = lanes(lane -> lane / 4 * 2 + 9);
    private static final ByteVector EVEN_SIGNS = lanes(lane -> (lane & 1) - 1);
    private static final ByteVector ODD_SIGNS = lanes(lane -> (lane >> 1 & 1) - 1);

    /** What the complements lack, and in the first pair of a column the bias. */
    private static final ByteVector REST = lanes(
            lane -> (1 - (lane & 1)) + (1 - (lane >> 1 & 1)) + ((lane & 4) == 0 ? Tables.BIAS : 0));

    private static final ByteVector LOW_0 = lanes(lane -> lane & 3);
    private static final ByteVector HIGH_0 = lanes(lane -> 4 + (lane >> 2));
    private static final ByteVector LOW_1 = lanes(lane -> 8 + (lane & 3));
    private static final ByteVector HIGH_1 = lanes(lane -> 12 + (lane >> 2));

    private VectorTables() {}

    private static ByteVector lanes(IntUnaryOperator value) {
        byte[] values = new byte[16];
        for (int lane = 0; lane < 16; lane++) {
            values[lane] = (byte) value.applyAsInt(lane);
        }
        return ByteVector.fromArray(TABLE, values, 0);
    }

    static float largest(float[] query) {
        FloatVector first = FloatVector.zero(FLOATS);
        FloatVector second = first;
        for (int i = 0; i < query.length; i += 2 * LANES) {
            first = first.max(columnSums(query, i));
            // The second half of the last pair may not be there; to look at the first again does no
            // harm.
            second = second.max(columnSums(query, Math.min(i + LANES, query.length - LANES)));
        }
        return first.max(second).reduceLanes(MAX);
    }

    /** In each lane the sum of the magnitudes of its column. */
    private static FloatVector columnSums(float[] query, int at) {
        FloatVector sums = FloatVector.fromArray(FLOATS, query, at).abs();
        sums = sums.add(sums.rearrange(SWAP_1));
        return sums.add(sums.rearrange(SWAP_2));
    }

    /** Adding 1.5 * 2^23 leaves the nearest whole number in the low bits of the float. */
    static void round(float[] query, float inverse, byte[] rounded) {
        for (int i = 0; i < query.length; i += LANES) {
            ((ByteVector) FloatVector.fromArray(FLOATS, query, i)
                            .mul(inverse)
                            .add(Tables.WHOLE)
                            .reinterpretAsInts()
                            .convertShape(I2B, BYTES, 0))
                    .intoArray(rounded, i);
        }
    }

    /**
     * Four columns at a time, in two pairs. For a pair, the four sums of its first and of its second two components, and
     * likewise of the other column, stand in one vector, from which both halves of each entry are looked up. Minus is the
     * complement plus one.
     */
    static void fill(byte[] rounded, int count, byte[] tables) {
        for (int i = 0; i < count; i += 16) {
            ByteVector x = ByteVector.fromArray(TABLE, rounded, i);
            ByteVector pairs = pairs(x, EVEN_0, ODD_0);
            column(pairs, LOW_0, HIGH_0, tables, 4 * i);
            column(pairs, LOW_1, HIGH_1, tables, 4 * i + 16);
            pairs = pairs(x, EVEN_1, ODD_1);
            column(pairs, LOW_0, HIGH_0, tables, 4 * i + 32);
            column(pairs, LOW_1, HIGH_1, tables, 4 * i + 48);
        }
    }

    private static ByteVector pairs(ByteVector x, ByteVector even, ByteVector odd) {
        return even.selectFrom(x)
                .lanewise(XOR, EVEN_SIGNS)
                .add(odd.selectFrom(x).lanewise(XOR, ODD_SIGNS))
                .add(REST);
    }

    private static void column(
            ByteVector pairs, ByteVector low, ByteVector high, byte[] tables, int at) {
        low.selectFrom(pairs).add(high.selectFrom(pairs)).intoArray(tables, at);
    }
}
