package dev.kith.spi;

import dev.kith.internal.kernel.KeyKernels;

import java.util.Arrays;

/**
 * What a graph search has seen but not expanded: keys, of which it takes the smallest again and again. Only a window of the
 * smallest is kept in order; the rest lie behind it as they came, until the window needs them.
 *
 * <p>A search sees ten nodes for each that it expands, and most of those ten are never looked at again. So what counts is the
 * cost of putting a key in, and that is as many instructions for all keys, without a branch that depends on them: a batch
 * passes through a window that stays in vector registers, and what falls out of it is appended to the rest.
 *
 * <p>{@link Long#MAX_VALUE} means none and is no key. Scratch for one thread.
 */
public final class Frontier {
    /** How many of the smallest keys are kept in order. */
    public static final int WINDOW = KeyKernels.WINDOW;

    private static final long NONE = Long.MAX_VALUE;

    /** The rest is trimmed when it is larger than twice what is to be kept and this. */
    private static final int SPARE = 256;

    /** The rest passes through the window in batches, for which the window is looked at once. */
    private static final int BATCH = 32;

    private final long[] window = new long[WINDOW];
    private final long[] batch = new long[BATCH + KeyKernels.ROOM];
    private long[] rest = new long[1024];
    private long[] others = {};
    private int count;
    private long smallestOfRest;
    private long limit;
    private long bound;

    /** Holds nothing. */
    public Frontier() {
        reset();
    }

    /** Forgets everything. */
    public void reset() {
        Arrays.fill(window, NONE);
        count = 0;
        smallestOfRest = NONE;
        limit = NONE;
        bound = NONE;
    }

    /** Takes the first {@code n} keys of an array. */
    public void offer(long[] keys, int n) {
        if (rest.length < count + n) {
            rest = Arrays.copyOf(rest, Math.max(2 * rest.length, count + n));
        }
        int before = count;
        count = KeyKernels.pass(window, keys, n, rest, count);
        for (int i = before; i < count; i++) {
            smallestOfRest = Math.min(smallestOfRest, rest[i]);
        }
    }

    /** Takes a key. */
    public void offer(long key) {
        batch[0] = key;
        offer(batch, 1);
    }

    /** The smallest key; {@link Long#MAX_VALUE} if there is none. */
    public long first() {
        if (window[0] > smallestOfRest) {
            merge();
        }
        return window[0];
    }

    /** The i-th key of the window, which is the i-th smallest unless the rest holds smaller ones; from 0 on. */
    public long key(int i) {
        return window[i];
    }

    /** The last key of the window: {@link #WINDOW} keys are not greater. {@link Long#MAX_VALUE} while there is room. */
    public long last() {
        return window[WINDOW - 1];
    }

    /** Takes the i-th key of the window out. */
    public void remove(int i) {
        System.arraycopy(window, i + 1, window, i, WINDOW - 1 - i);
        window[WINDOW - 1] = NONE;
    }

    /** Keys that are not smaller are not wanted, until another limit is set: they may be forgotten. */
    public void limit(long limit) {
        this.limit = limit;
    }

    /** Some keys that were not smaller have been forgotten by {@link #trim}; {@link Long#MAX_VALUE} if none were. */
    public long bound() {
        return bound;
    }

    /** Forgets the greatest keys if there are many more than are to be kept. */
    public void trim(int kept) {
        int enough = Math.max(kept, 1);
        if (count > 2 * enough + SPARE) {
            KeyKernels.select(rest, count, enough, others());
            count = enough;
            smallestOfRest = NONE;
            long greatest = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                smallestOfRest = Math.min(smallestOfRest, rest[i]);
                greatest = Math.max(greatest, rest[i]);
            }
            bound = Math.min(bound, greatest);
        }
    }

    /**
     * Takes the smallest keys out, in ascending order.
     *
     * @param limit only keys that are smaller
     * @param most how many at most
     * @return how many
     */
    public int take(long limit, long[] into, int most) {
        if (most > WINDOW) {
            return takeMany(limit, into, most);
        }
        int taken = 0;
        while (taken < most && first() < limit) {
            into[taken++] = window[0];
            remove(0);
        }
        return taken;
    }

    private int takeMany(long limit, long[] into, int most) {
        if (rest.length < count + WINDOW) {
            rest = Arrays.copyOf(rest, 2 * rest.length);
        }
        for (int i = 0; i < WINDOW && window[i] < NONE; i++) {
            rest[count++] = window[i];
        }
        Arrays.fill(window, NONE);
        int below = KeyKernels.partition(rest, 0, count, limit, others());
        int taken = Math.min(below, most);
        KeyKernels.select(rest, below, taken, others());
        Arrays.sort(rest, 0, taken);
        System.arraycopy(rest, 0, into, 0, taken);
        count -= taken;
        System.arraycopy(rest, taken, rest, 0, count);
        smallestOfRest = count == 0 ? NONE : Long.MIN_VALUE;
        return taken;
    }

    private long[] others() {
        if (others.length < rest.length + KeyKernels.ROOM) {
            others = new long[rest.length + KeyKernels.ROOM];
        }
        return others;
    }

    /** Fills the window with the smallest of all, and forgets what is not wanted. */
    private void merge() {
        int held = count;
        count = 0;
        for (int from = 0; from < held; from += BATCH) {
            int end = Math.min(held, from + BATCH);
            long last = window[WINDOW - 1];
            long below = Math.min(last, limit);
            int entering = KeyKernels.between(rest, from, end, Long.MIN_VALUE, below, batch, 0);
            count = KeyKernels.between(rest, from, end, last, limit, rest, count);
            count = KeyKernels.pass(window, batch, entering, rest, count);
        }
        smallestOfRest = NONE;
        for (int i = 0; i < count; i++) {
            smallestOfRest = Math.min(smallestOfRest, rest[i]);
        }
    }
}
