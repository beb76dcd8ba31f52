package dev.kith.spi;

import dev.kith.internal.kernel.KeyKernels;

import java.util.Arrays;

/**
 * A fixed number of the smallest keys seen, in ascending order: the queue of a graph search, whose keys are distances
 * above nodes.
 *
 * <p>Where a key belongs is as good as random to a processor's branch prediction, and a wrong guess costs as much as a
 * dozen comparisons. So insertion has no branch that depends on it: it moves all keys held through the vector unit. On
 * queues of some dozens of keys, which is what a search at recall .9 to .99 needs, that is several times faster than a binary
 * search and a copy.
 *
 * <p>Scratch for one thread.
 */
public final class SortedKeys {
    /** The first key's place: keys are moved in groups of up to eight, and the one before the first is a sentinel. */
    private static final int START = 8;

    /** Places behind the keys held hold nothing of use, but those of the group that the next key falls into. */
    private static final int GROUP = 8;

    private long[] keys = new long[START + 64];
    private int capacity;
    private int size;

    /** Holds nothing until it is reset. */
    public SortedKeys() {
        keys[START - 1] = Long.MIN_VALUE;
    }

    /** Forgets everything; holds {@code capacity} keys from now on, at least one. */
    public void reset(int capacity) {
        this.capacity = capacity;
        int end = START + ((capacity + GROUP - 1) & -GROUP);
        if (keys.length < end) {
            keys = new long[end];
            keys[START - 1] = Long.MIN_VALUE;
        }
        keys[START + capacity - 1] = Long.MAX_VALUE;
        size = 0;
        open();
    }

    /** How many keys it holds at most. */
    public int capacity() {
        return capacity;
    }

    /** How many keys it holds. */
    public int size() {
        return size;
    }

    /** The i-th smallest key, for i from 0 to the size minus one. */
    public long key(int i) {
        return keys[START + i];
    }

    /** Replaces the i-th smallest key by one that sorts at the same place. */
    public void set(int i, long key) {
        keys[START + i] = key;
    }

    /** The largest key held, {@link Long#MAX_VALUE} while there is room. */
    public long last() {
        return keys[START + capacity - 1];
    }

    /** Takes a key; if there is no room, the largest one is dropped, which may be this one. */
    public void insert(long key) {
        int end = START + ((Math.min(size + 1, capacity) + GROUP - 1) & -GROUP);
        KeyKernels.insert(keys, START, end, key);
        if (size < capacity) {
            size++;
            open();
        }
    }

    /** Prepares the next group of places when the keys fill the ones before. */
    private void open() {
        if (size % GROUP == 0) {
            Arrays.fill(
                    keys,
                    START + size,
                    Math.min(START + size + GROUP, keys.length),
                    Long.MAX_VALUE);
        }
    }
}
