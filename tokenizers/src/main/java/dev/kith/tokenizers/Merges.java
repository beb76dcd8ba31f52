package dev.kith.tokenizers;

import java.util.Arrays;

/** Which pairs of tokens merge into which, and how early: a map from two ids to a rank and an id, by open addressing. */
final class Merges {
    private final long[] pairs;
    private final int[] ranks;
    private final int[] merged;
    private final int mask;

    /** An empty map for {@code size} merges. */
    Merges(int size) {
        int capacity = Math.max(4, Integer.highestOneBit(size * 2 + 1) << 1);
        pairs = new long[capacity];
        Arrays.fill(pairs, -1);
        ranks = new int[capacity];
        merged = new int[capacity];
        mask = capacity - 1;
    }

    void put(int left, int right, int rank, int id) {
        int slot = slot(left, right);
        pairs[slot] = pair(left, right);
        ranks[slot] = rank;
        merged[slot] = id;
    }

    /** A handle of the pair for the methods below, or -1 if it does not merge. */
    int find(int left, int right) {
        int slot = slot(left, right);
        return pairs[slot] < 0 ? -1 : slot;
    }

    /** The rank of a merge; lower ones go first. */
    int rank(int found) {
        return ranks[found];
    }

    /** The token that a merge makes. */
    int id(int found) {
        return merged[found];
    }

    private int slot(int left, int right) {
        long pair = pair(left, right);
        int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (pairs[slot] >= 0 && pairs[slot] != pair) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
