package dev.kith.tokenizers;

import java.util.Arrays;

/** A map from two integers, from 0 on, to one of 63 bits, by open addressing. Safe for any number of threads once filled. */
final class Pairs {
    private final long[] keys;
    private final long[] values;
    private final int mask;

    /** An empty map for {@code size} pairs. */
    Pairs(int size) {
        int capacity = Math.max(4, Integer.highestOneBit(size * 2 + 1) << 1);
        keys = new long[capacity];
        Arrays.fill(keys, -1);
        values = new long[capacity];
        mask = capacity - 1;
    }

    void put(int left, int right, long value) {
        int slot = slot(left, right);
        keys[slot] = key(left, right);
        values[slot] = value;
    }

    /** The value of a pair, or -1. */
    long get(int left, int right) {
        int slot = slot(left, right);
        return keys[slot] < 0 ? -1 : values[slot];
    }

    private int slot(int left, int right) {
        long key = key(left, right);
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[slot] >= 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }
}
