package dev.kith.tokenizers;

import java.util.Arrays;

/**
 * A word while byte-pair encoding merges it: a linked list of symbols, and a heap of the pairs that could merge next.
 * Scratch, reused.
 */
final class BpeWord {
    private static final int NO_PAIR = -1;

    private int[] ids = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] next = new int[64];
    private int[] previous = new int[64];
    /** What the pair that begins with each symbol merges into, {@code rank << 32 | id}, or {@link #NO_PAIR}. */
    private long[] pairs = new long[64];

    private int size;
    /** A binary heap of {@code rank << 32 | symbol}, so that the least is the lowest rank and of those the leftmost. */
    private long[] heap = new long[64];

    private int heapSize;

    /** Forgets all. */
    void clear() {
        size = 0;
        heapSize = 0;
    }

    void add(int id, int start, int end) {
        if (size == ids.length) {
            grow();
        }
        ids[size] = id;
        starts[size] = start;
        ends[size] = end;
        previous[size] = size - 1;
        next[size] = size + 1;
        size++;
    }

    private void grow() {
        int grown = size * 2;
        ids = Arrays.copyOf(ids, grown);
        starts = Arrays.copyOf(starts, grown);
        ends = Arrays.copyOf(ends, grown);
        next = Arrays.copyOf(next, grown);
        previous = Arrays.copyOf(previous, grown);
        pairs = Arrays.copyOf(pairs, grown);
    }

    /** Makes the last symbol end later. */
    void extend(int end) {
        ends[size - 1] = end;
    }

    void merge(Pairs merges) {
        for (int i = 0; i < size; i++) {
            offer(merges, i);
        }
        while (heapSize > 0) {
            long least = poll();
            int left = (int) least;
            // Pairs change after they were offered: what no longer holds is skipped.
            if (pairs[left] >>> 32 == least >>> 32) {
                join(left, (int) pairs[left]);
                offer(merges, left);
                offer(merges, previous[left]);
            }
        }
    }

    private void join(int left, int id) {
        int right = next[left];
        ids[left] = id;
        ends[left] = ends[right];
        pairs[right] = NO_PAIR;
        next[left] = next[right];
        if (next[right] < size) {
            previous[next[right]] = left;
        }
    }

    /** Queues the pair that begins with a symbol, if there is one and it merges. */
    private void offer(Pairs merges, int left) {
        if (left < 0) {
            return;
        }
        int right = next[left];
        pairs[left] = right < size ? merges.get(ids[left], ids[right]) : NO_PAIR;
        if (pairs[left] == NO_PAIR) {
            return;
        }
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        long pair = (pairs[left] >>> 32) << 32 | left;
        int child = heapSize++;
        while (child > 0 && heap[(child - 1) / 2] > pair) {
            heap[child] = heap[(child - 1) / 2];
            child = (child - 1) / 2;
        }
        heap[child] = pair;
    }

    private long poll() {
        long least = heap[0];
        long last = heap[--heapSize];
        int parent = 0;
        for (int child = 1; child < heapSize; child = 2 * parent + 1) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = last;
        return least;
    }

    /** Behind the last symbol; the first symbol is at 0. */
    int size() {
        return size;
    }

    /** The symbol behind another. */
    int next(int i) {
        return next[i];
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

    int capacity() {
        return ids.length;
    }
}
