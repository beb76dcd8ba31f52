package dev.kith.tokenizers;

import java.util.Arrays;

/** A stretch of text cut into what a pattern matches and what lies between, without gaps. Scratch, reused. */
final class Segments {
    private int first;
    private int[] ends = new int[32];
    private boolean[] matches = new boolean[32];
    private int size;

    /** Forgets all; the first segment will start at {@code from}. */
    void reset(int from) {
        first = from;
        size = 0;
    }

    /** Adds a match, and before it the segment between it and the last. */
    void match(int from, int to) {
        rest(from);
        add(to, true);
    }

    /** Adds what is left behind the last match. */
    void rest(int to) {
        if (end() < to) {
            add(to, false);
        }
    }

    private void add(int end, boolean match) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            matches = Arrays.copyOf(matches, size * 2);
        }
        ends[size] = end;
        matches[size++] = match;
    }

    int size() {
        return size;
    }

    int start(int i) {
        return i == 0 ? first : ends[i - 1];
    }

    int end(int i) {
        return ends[i];
    }

    boolean isMatch(int i) {
        return matches[i];
    }

    private int end() {
        return start(size);
    }
}
