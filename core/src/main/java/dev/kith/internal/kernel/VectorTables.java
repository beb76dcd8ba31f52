package dev.kith.internal.kernel;

import static jdk.incubator.vector.VectorOperators.F2I;
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
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> SWAP_1 = Species.swap(1);
    private static final VectorShuffle<Float> SWAP_2 = Species.swap(2);
    private static final ByteVector BIT_0 = entriesWith(1);
    private static final ByteVector BIT_1 = entriesWith(2);
    private static final ByteVector BIT_2 = entriesWith(4);
    private static final ByteVector BIT_3 = entriesWith(8);

    private VectorTables() {}

    /** All ones in the entries that have a bit. */
    private static ByteVector entriesWith(int bit) {
        byte[] entries = new byte[16];
        for (int i = 0; i < 16; i++) {
            entries[i] = (byte) ((i & bit) != 0 ? -1 : 0);
        }
        return ByteVector.fromArray(TABLE, entries, 0);
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

    static void fill(byte[] rounded, byte[] tables) {
        for (int i = 0; i < rounded.length; i += 4) {
            byte a = rounded[i];
            byte b = rounded[i + 1];
            byte c = rounded[i + 2];
            byte d = rounded[i + 3];
            ByteVector.broadcast(TABLE, (byte) (Tables.BIAS - a - b - c - d))
                    .add(BIT_0.and((byte) (2 * a)))
                    .add(BIT_1.and((byte) (2 * b)))
                    .add(BIT_2.and((byte) (2 * c)))
                    .add(BIT_3.and((byte) (2 * d)))
                    .intoArray(tables, 4 * i);
        }
    }
}
