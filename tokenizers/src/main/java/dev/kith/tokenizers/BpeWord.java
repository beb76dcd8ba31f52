package dev.kith.tokenizers;

import java.util.Arrays;

/** A word while byte-pair encoding merges it: a linked list of symbols, and a heap of the pairs that could merge next. */
final class BpeWord {
    private static final int GONE = -1;

    private final int[] ids;
    private final int[] starts;
    private final int[] ends;
    private final int[] next;
    private final int[] previous;
    private int size;
    /** A binary heap of {@code rank << 32 | symbol}, so that the least is the lowest rank and of those the leftmost. */
    private long[] heap;

    private int heapSize;

    BpeWord(int capacity) {
        ids = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        heap = new long[capacity];
    }

    void add(int id, int start, int end) {
        ids[size] = id;
        starts[size] = start;
        ends[size] = end;
        previous[size] = size - 1;
        next[size] = size + 1;
        size++;
    }

    /** Makes the last symbol end later. */
    void extend(int end) {
        ends[size - 1] = end;
    }

    void merge(Merges merges) {
        for (int i = 0; i + 1 < size; i++) {
            offer(merges, i);
        }
        while (heapSize > 0) {
            long least = poll();
            int left = (int) least;
            // Symbols change after they were offered: what no longer holds is skipped.
            if (ids[left] != GONE && next[left] < size) {
                int found = merges.find(ids[left], ids[next[left]]);
                if (found >= 0 && merges.rank(found) == (int) (least >>> 32)) {
                    join(left, merges.id(found));
                    offer(merges, left);
                    offer(merges, previous[left]);
                }
            }
        }
    }

    private void join(int left, int id) {
        int right = next[left];
        ids[left] = id;
        ends[left] = ends[right];
        ids[right] = GONE;
        next[left] = next[right];
        if (next[right] < size) {
            previous[next[right]] = left;
        }
    }

    /** Queues the pair that begins with a symbol, if there is one and it merges. */
    private void offer(Merges merges, int left) {
        if (left < 0 || next[left] >= size) {
            return;
        }
        int found = merges.find(ids[left], ids[next[left]]);
        if (found < 0) {
            return;
        }
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        long pair = (long) merges.rank(found) << 32 | left;
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
}
