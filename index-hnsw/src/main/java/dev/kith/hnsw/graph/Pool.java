package dev.kith.hnsw.graph;

import dev.kith.spi.SortedKeys;

/**
 * The best few nodes seen by a search, sorted, which is at once its candidate queue and its result: one array serves as
 * both because a candidate that falls out of the result would never be expanded.
 */
public final class Pool {
    private final SortedKeys keys = new SortedKeys();
    private int cursor;
    private long nearest;

    /** Forgets everything; keeps {@code capacity} nodes from now on. */
    public void reset(int capacity) {
        keys.reset(capacity);
        cursor = 0;
        nearest = Long.MAX_VALUE;
    }

    public int size() {
        return keys.size();
    }

    /** The i-th best, without the mark of expansion. */
    public long key(int i) {
        return keys.key(i) & -2L;
    }

    /** Takes a key that was not offered before, unless there are enough nearer ones. */
    public void offer(long key) {
        if (key < keys.last()) {
            keys.insert(key);
            nearest = Math.min(nearest, key);
        }
    }

    /** The distance beyond which nothing is taken: that of the worst, if there is no room, else infinite. */
    public float limit() {
        long last = keys.last();
        return last == Long.MAX_VALUE ? Float.POSITIVE_INFINITY : Keys.distance(last);
    }

    /** The nearest node that was not expanded yet, which now counts as expanded; -1 if there is none. */
    public int next() {
        if (cursor > 0 && nearest <= keys.key(cursor - 1)) {
            cursor = 0;
        }
        nearest = Long.MAX_VALUE;
        int end = keys.size();
        while (cursor < end && (keys.key(cursor) & 1) != 0) {
            cursor++;
        }
        if (cursor >= end) {
            return -1;
        }
        long key = keys.key(cursor);
        keys.set(cursor++, key | 1);
        return Keys.node(key);
    }

    /** Copies the best keys, without marks. */
    public int copy(long[] into, int limit) {
        int count = Math.min(keys.size(), limit);
        for (int i = 0; i < count; i++) {
            into[i] = key(i);
        }
        return count;
    }
}
