package dev.kith.internal.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Insertion into sorted keys with SIMD: see {@link dev.kith.spi.SortedKeys}. */
final class VectorKeys {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED.length() > 8
            ? LongVector.SPECIES_512
            : LongVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();

    private VectorKeys() {}

    /**
     * Each key becomes the smaller of itself and the greater of its left neighbour and the new one: left of the new
     * key's place that is the key itself, right of it the neighbour. No branch depends on where the place is.
     */
    static void insert(long[] keys, int start, int end, long key) {
        LongVector inserted = LongVector.broadcast(LONGS, key);
        for (int i = end - LANES; i >= start; i -= LANES) {
            LongVector left = LongVector.fromArray(LONGS, keys, i - 1);
            LongVector.fromArray(LONGS, keys, i).min(left.max(inserted)).intoArray(keys, i);
        }
    }
}
