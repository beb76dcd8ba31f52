package dev.kith.qg;

import dev.kith.hnsw.graph.Keys;

/** The links that nodes chose, turned round and grouped by where they lead. */
final class ReverseLinks {
    private final int[] begins;
    private final long[] keys;

    private ReverseLinks(int[] begins, long[] keys) {
        this.begins = begins;
        this.keys = keys;
    }

    /**
     * Turns round what the nodes {@code from} to {@code to - 1} chose. Links to one node are in the order of those that
     * chose it.
     */
    static ReverseLinks of(long[][] chosen, int from, int to, int size) {
        int[] begins = new int[size + 1];
        for (int node = from; node < to; node++) {
            for (long key : chosen[node]) {
                begins[Keys.node(key) + 1]++;
            }
        }
        for (int node = 0; node < size; node++) {
            begins[node + 1] += begins[node];
        }
        long[] keys = new long[begins[size]];
        int[] next = begins.clone();
        for (int node = from; node < to; node++) {
            for (long key : chosen[node]) {
                keys[next[Keys.node(key)]++] = Keys.of(Keys.distance(key), node);
            }
        }
        return new ReverseLinks(begins, keys);
    }

    /** Where the links to a node begin. */
    int begin(int node) {
        return begins[node];
    }

    /** The i-th link, with the node that chose. */
    long key(int i) {
        return keys[i];
    }
}
