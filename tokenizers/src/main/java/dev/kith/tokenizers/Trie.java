package dev.kith.tokenizers;

import java.util.Arrays;
import java.util.Map;

/**
 * A tree of strings, one edge a character, each string with a value from 0 on. Edges are in one table by open addressing,
 * so that a step is one probe. Immutable.
 */
final class Trie {
    static final int ROOT = 0;
    static final int NONE = -1;

    private long[] edges;
    private int[] targets;
    private int mask;
    private int[] values = new int[64];
    private int nodes = 1;

    /** A tree of strings, of which the empty one is left out. */
    Trie(Map<String, Integer> strings) {
        int capacity = Math.max(16, Integer.highestOneBit(strings.size() * 4 + 1) << 1);
        edges = new long[capacity];
        targets = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(edges, -1);
        Arrays.fill(values, NONE);
        strings.forEach(this::insert);
    }

    private void insert(String string, int value) {
        int node = ROOT;
        for (int i = 0; i < string.length(); i++) {
            int slot = slot(node, string.charAt(i));
            if (edges[slot] < 0) {
                slot = addEdge(node, string.charAt(i));
            }
            node = targets[slot];
        }
        if (node != ROOT) {
            values[node] = value;
        }
    }

    private int addEdge(int node, char c) {
        if (nodes * 2 > edges.length) {
            grow();
        }
        if (nodes == values.length) {
            values = Arrays.copyOf(values, nodes * 2);
            Arrays.fill(values, nodes, values.length, NONE);
        }
        int slot = slot(node, c);
        edges[slot] = edge(node, c);
        targets[slot] = nodes++;
        return slot;
    }

    private void grow() {
        long[] oldEdges = edges;
        int[] oldTargets = targets;
        edges = new long[oldEdges.length * 2];
        targets = new int[edges.length];
        mask = edges.length - 1;
        Arrays.fill(edges, -1);
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] >= 0) {
                int slot = slot((int) (oldEdges[i] >>> 16), (char) oldEdges[i]);
                edges[slot] = oldEdges[i];
                targets[slot] = oldTargets[i];
            }
        }
    }

    /** The node behind another by a character, or {@link #NONE}. */
    int next(int node, char c) {
        int slot = slot(node, c);
        return edges[slot] < 0 ? NONE : targets[slot];
    }

    /** The value of the string that ends at a node, or {@link #NONE}. */
    int value(int node) {
        return values[node];
    }

    /** The value of the string between two positions, or {@link #NONE}. */
    int get(char[] chars, int from, int to) {
        int node = ROOT;
        for (int i = from; i < to && node != NONE; i++) {
            node = next(node, chars[i]);
        }
        return node == NONE ? NONE : values[node];
    }

    private int slot(int node, char c) {
        long edge = edge(node, c);
        int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (edges[slot] >= 0 && edges[slot] != edge) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long edge(int node, char c) {
        return (long) node << 16 | c;
    }
}
