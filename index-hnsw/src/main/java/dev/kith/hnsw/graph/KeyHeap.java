package dev.kith.hnsw.graph;

import java.util.Arrays;

/** A binary heap of {@link Keys}, smallest on top. Store {@code ~key} for the opposite order. */
public final class KeyHeap {
    private long[] keys = new long[64];
    private int size;

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public long top() {
        return keys[0];
    }

    public void push(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (keys[parent] <= key) {
                break;
            }
            keys[at] = keys[parent];
            at = parent;
        }
        keys[at] = key;
    }

    public long pop() {
        long top = keys[0];
        long last = keys[--size];
        if (size > 0) {
            sink(last);
        }
        return top;
    }

    /** The same as a pop and a push, in one go. */
    public void replaceTop(long key) {
        sink(key);
    }

    private void sink(long key) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[at] = keys[child];
            at = child;
        }
        keys[at] = key;
    }
}
