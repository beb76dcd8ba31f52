package dev.kith.internal.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Insertion into sorted keys with SIMD: see {@link dev.kith.spi.SortedKeys}. */
final class VectorKeys {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED.length() > 8
            ? LongVector.SPECIES_512
            : LongVector.SPECIES_PREFERRED;
    private static final int LANES = LONGS.length();

    /** More keys than these are worth a branch that is guessed wrong, to leave those alone that do not move. */
    private static final int BRANCH_FREE = 64;

    private VectorKeys() {}

    /**
     * Each key becomes the smaller of itself and the greater of its left neighbour and the new one: left of the new
     * key's place that is the key itself, right of it the neighbour. No branch depends on where the place is.
     */
    static void insert(long[] keys, int start, int end, long key) {
        if (end - start > BRANCH_FREE) {
            start = before(keys, start, end, key);
        }
        LongVector inserted = LongVector.broadcast(LONGS, key);
        for (int i = end - LANES; i >= start; i -= LANES) {
            LongVector left = LongVector.fromArray(LONGS, keys, i - 1);
            LongVector.fromArray(LONGS, keys, i).min(left.max(inserted)).intoArray(keys, i);
        }
    }

    /** A place from which on keys may move, in steps of half of {@link #BRANCH_FREE} from the end. */
    private static int before(long[] keys, int start, int end, long key) {
        int from = end - BRANCH_FREE / 2;
        while (from > start && keys[from - 1] > key) {
            from -= BRANCH_FREE / 2;
        }
        return Math.max(from, start);
    }
}
