package dev.kith.tokenizers;

import java.util.Arrays;

/** The best ways to cut a word up to each of its positions. Scratch, reused. */
final class UnigramPath {
    private double[] scores = new double[64];
    private int[] starts = new int[64];
    private int[] ids = new int[64];
    private int[] nexts = new int[64];

    /** Forgets all and knows a way to position 0 alone; the last position is {@code size}. */
    void reset(int size) {
        if (scores.length <= size) {
            int grown = Math.max(size + 1, scores.length * 2);
            scores = new double[grown];
            starts = new int[grown];
            ids = new int[grown];
            nexts = new int[grown];
        }
        Arrays.fill(starts, 0, size + 1, -1);
        scores[0] = 0;
    }

    /** The score of the best way to a position. */
    double score(int position) {
        return scores[position];
    }

    /** Takes a token between two positions as the way to the second, if none was as good. */
    void offer(int from, int to, int id, double score) {
        if (starts[to] < 0 || score > scores[to]) {
            scores[to] = score;
            starts[to] = from;
            ids[to] = id;
        }
    }

    /** Makes {@link #end} and {@link #id} tell the best way to a position. */
    void trace(int size) {
        for (int end = size; end > 0; end = starts[end]) {
            nexts[starts[end]] = end;
        }
    }

    /** Where the token of the best way that begins at {@code start} ends. */
    int end(int start) {
        return nexts[start];
    }

    /** The token of the best way that ends at a position. */
    int id(int end) {
        return ids[end];
    }

    int capacity() {
        return scores.length;
    }
}
