package dev.kith.tokenizers;

import dev.kith.text.Tokens;

import java.util.Arrays;
import java.util.BitSet;

/** A growing list of tokens. Scratch, reused. */
final class TokenList {
    private int[] ids = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;
    private final BitSet found = new BitSet();

    /** Forgets all. */
    void clear() {
        size = 0;
        found.clear();
    }

    void add(int id, int start, int end) {
        if (size == ids.length) {
            int grown = size * 2;
            ids = Arrays.copyOf(ids, grown);
            starts = Arrays.copyOf(starts, grown);
            ends = Arrays.copyOf(ends, grown);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size++] = end;
    }

    /** Adds a token that was found in the text as it is spelled, not made by the model. */
    void addFound(int id, int start, int end) {
        found.set(size);
        add(id, start, end);
    }

    boolean isFound(int i) {
        return found.get(i);
    }

    int size() {
        return size;
    }

    int capacity() {
        return ids.length;
    }

    /** Forgets the last tokens. */
    void truncate(int newSize) {
        size = newSize;
    }

    int id(int i) {
        return ids[i];
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    /** Moves a token's ends. */
    void set(int i, int start, int end) {
        starts[i] = start;
        ends[i] = end;
    }

    Tokens tokens() {
        return new Tokens(
                Arrays.copyOf(ids, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
    }
}
