package dev.kith.tokenizers;

import java.util.Arrays;
import java.util.Map;

/**
 * A map from tokens to ids that is asked with ranges of characters, so that a probe makes no string. Open addressing;
 * the hash is the polynomial in {@link #FACTOR}, which the caller can extend, and take back, by one character in one step.
 */
final class Vocabulary {
    /** {@code hash * FACTOR + c} is the hash of one character more. */
    static final int FACTOR = 31;
    /** {@code (hash - c) * INVERSE} is the hash of one character less: FACTOR * INVERSE = 1 modulo 2^32. */
    static final int INVERSE = 0xBDEF7BDF;

    private final int[] ids;
    private final int[] hashes;
    private final int[] offsets;
    private final char[] pool;
    private final int[] slots;
    private final int mask;
    private final int longest;

    Vocabulary(Map<String, Integer> tokens) {
        int size = tokens.size();
        ids = new int[size];
        hashes = new int[size];
        offsets = new int[size + 1];
        pool = new char[tokens.keySet().stream().mapToInt(String::length).sum()];
        slots = new int[Math.max(4, Integer.highestOneBit(size * 2 + 1) << 1)];
        mask = slots.length - 1;
        Arrays.fill(slots, -1);
        int entry = 0;
        int max = 0;
        for (Map.Entry<String, Integer> token : tokens.entrySet()) {
            insert(entry++, token.getKey(), token.getValue());
            max = Math.max(max, token.getKey().length());
        }
        longest = max;
    }

    private void insert(int entry, String token, int id) {
        int start = offsets[entry];
        token.getChars(0, token.length(), pool, start);
        offsets[entry + 1] = start + token.length();
        ids[entry] = id;
        hashes[entry] = hash(pool, start, offsets[entry + 1]);
        int slot = spread(hashes[entry]) & mask;
        while (slots[slot] >= 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    static int hash(char[] chars, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * FACTOR + chars[i];
        }
        return hash;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    /** The id of the token between two positions, whose hash the caller knows, or -1. */
    int id(char[] chars, int from, int to, int hash) {
        for (int slot = spread(hash) & mask; slots[slot] >= 0; slot = (slot + 1) & mask) {
            int entry = slots[slot];
            if (hashes[entry] == hash
                    && Arrays.equals(pool, offsets[entry], offsets[entry + 1], chars, from, to)) {
                return ids[entry];
            }
        }
        return -1;
    }

    int id(String token) {
        char[] chars = token.toCharArray();
        return id(chars, 0, chars.length, hash(chars, 0, chars.length));
    }

    /** The length of the longest token in characters. */
    int longest() {
        return longest;
    }
}
