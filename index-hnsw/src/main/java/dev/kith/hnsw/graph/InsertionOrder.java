package dev.kith.hnsw.graph;

import java.util.Arrays;

/** The order in which rows are inserted: by a seeded hash of the row number. */
public final class InsertionOrder {
    private InsertionOrder() {}

    /** The rows that are the first of their kind, shuffled. */
    public static int[] of(Duplicates duplicates, int size, long seed) {
        long[] keys = new long[duplicates.distinct()];
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (duplicates.first(row) == row) {
                keys[count++] = (hash(seed + row) & 0xFFFF_FFFF_0000_0000L) | row;
            }
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** The step of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long hash(long value) {
        long z = value * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
