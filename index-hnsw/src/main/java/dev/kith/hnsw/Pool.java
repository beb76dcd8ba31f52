package dev.kith.hnsw;

/**
 * The best few nodes seen by a search, sorted, which is at once its candidate queue and its result: one array serves as
 * both because a candidate that falls out of the result would never be expanded. Inserting moves the tail, which up to
 * some hundreds of entries is cheaper than keeping two heaps.
 */
final class Pool {
    private long[] keys = new long[64];
    private int capacity;
    private int size;
    private int cursor;

    void reset(int capacity) {
        if (keys.length < capacity) {
            keys = new long[capacity];
        }
        this.capacity = capacity;
        size = 0;
        cursor = 0;
    }

    int size() {
        return size;
    }

    /** The i-th best, without the mark of expansion. */
    long key(int i) {
        return keys[i] & -2L;
    }

    void offer(long key) {
        if (size == capacity) {
            if (key >= keys[size - 1]) {
                return;
            }
            size--;
        }
        int at = position(key);
        System.arraycopy(keys, at, keys, at + 1, size - at);
        keys[at] = key;
        size++;
        cursor = Math.min(cursor, at);
    }

    private int position(long key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The nearest node that was not expanded yet, which now counts as expanded; -1 if there is none. */
    int next() {
        while (cursor < size && (keys[cursor] & 1) != 0) {
            cursor++;
        }
        if (cursor == size) {
            return -1;
        }
        long key = keys[cursor];
        keys[cursor++] = key | 1;
        return Keys.node(key);
    }

    /** Copies the best keys, without marks. */
    int copy(long[] into, int limit) {
        int count = Math.min(size, limit);
        for (int i = 0; i < count; i++) {
            into[i] = key(i);
        }
        return count;
    }
}
