package dev.kith.spi;

import dev.kith.Cost;
import dev.kith.SearchResult;

import java.util.Arrays;

/**
 * The nearest rows seen so far: a bounded binary max-heap of {@code long} keys. A key holds the distance, as bits whose
 * signed order is the distances' order, above the row, so that equal distances are ordered by ascending row and one
 * comparison decides. NaN, which overflowing components can give, is farther than everything.
 *
 * <p>Scratch for one thread: {@link #reset}, {@link #offer}, {@link #result}.
 */
public final class NearestRows {
    /** More is dropped when a result has been taken: scratch is kept for as long as its index lives. */
    private static final int KEPT = 1 << 16;

    private long[] heap = new long[16];
    private int size;
    private int capacity;

    /** Keeps nothing until it is reset. */
    public NearestRows() {}

    /** The key of a row at a distance. */
    public static long key(float distance, int row) {
        // Adding zero makes -0 into +0, which must not come before it.
        return ((long) flip(Float.floatToIntBits(distance + 0f)) << 32) | row;
    }

    /** The distance in a key. */
    public static float distance(long key) {
        return Float.intBitsToFloat(flip((int) (key >> 32)));
    }

    /** Orders float bits as signed ints; its own inverse. */
    private static int flip(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    /** The row in a key. */
    public static int row(long key) {
        return (int) key;
    }

    /**
     * Forgets everything.
     *
     * @param capacity how many rows to keep, at least 0; memory grows with what is offered, not with this number
     */
    public void reset(int capacity) {
        this.capacity = capacity;
        size = 0;
    }

    /** The number of rows kept. */
    public int size() {
        return size;
    }

    /** The distance of the farthest row kept, beyond which nothing is taken; infinite while there is room. */
    public float farthest() {
        return size == 0 || size < capacity ? Float.POSITIVE_INFINITY : distance(heap[0]);
    }

    /** Takes a row if it is among the nearest; returns whether it was taken. */
    public boolean offer(float distance, int row) {
        long key = key(distance, row);
        if (size < capacity) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            heap[size] = key;
            up(size++);
            return true;
        }
        if (capacity == 0 || key >= heap[0]) {
            return false;
        }
        heap[0] = key;
        down();
        return true;
    }

    /** The rows kept, nearest first. It keeps nothing then until it is reset. */
    public SearchResult result(Cost cost) {
        Arrays.sort(heap, 0, size);
        int[] rows = new int[size];
        float[] distances = new float[size];
        for (int i = 0; i < size; i++) {
            rows[i] = row(heap[i]);
            distances[i] = distance(heap[i]);
        }
        reset(0);
        if (heap.length > KEPT) {
            heap = new long[16];
        }
        return new SearchResult(rows, distances, cost);
    }

    private void up(int at) {
        long key = heap[at];
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (heap[parent] >= key) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = key;
    }

    private void down() {
        long key = heap[0];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= key) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
}
