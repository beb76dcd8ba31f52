package dev.kith.hnsw.graph;

import dev.kith.spi.SortedKeys;

/**
 * The best few nodes seen by a search, sorted, which is at once its candidate queue and its result: one array serves as
 * both because a candidate that falls out of the result would never be expanded.
 */
public final class Pool {
    private final SortedKeys keys = new SortedKeys();
    private int front;
    private int cursor;
    private long nearest;

    public void reset(int capacity) {
        reset(capacity, capacity);
    }

    /**
     * Forgets everything.
     *
     * @param capacity how many nodes are kept
     * @param front only nodes among so many of the best are expanded
     */
    public void reset(int capacity, int front) {
        keys.reset(capacity);
        this.front = front;
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

    /** The distance of the i-th best; infinite if there are fewer. */
    public float distance(int i) {
        return i < keys.size() ? Keys.distance(keys.key(i)) : Float.POSITIVE_INFINITY;
    }

    /** The nearest node that was not expanded yet, which now counts as expanded; -1 if there is none. */
    public int next() {
        if (cursor > 0 && nearest <= keys.key(cursor - 1)) {
            cursor = 0;
        }
        nearest = Long.MAX_VALUE;
        int end = Math.min(keys.size(), front);
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

    /** The distance of the node that {@link #next} gave. */
    public float taken() {
        return Keys.distance(keys.key(cursor - 1));
    }

    /** The node that is expanded next unless a nearer one comes; -1 if there is none. */
    public int peek() {
        int at = cursor;
        int end = Math.min(keys.size(), front);
        while (at < end && (keys.key(at) & 1) != 0) {
            at++;
        }
        return at < end ? Keys.node(keys.key(at)) : -1;
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
