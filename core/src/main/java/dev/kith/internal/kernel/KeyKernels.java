package dev.kith.internal.kernel;

/** Keys in ascending order, with SIMD where it helps, and scalar twins of that. */
public final class KeyKernels {
    private static final boolean SIMD = FloatKernels.simd();

    /** The length of the window that {@link #pass} keeps in registers. */
    public static final int WINDOW = 16;

    /** How much more room than keys an array needs where {@link #between} puts them. */
    public static final int ROOM = 8;

    private KeyKernels() {}

    /**
     * Inserts a key into sorted ones and drops the last.
     *
     * @param keys sorted from {@code start} to {@code end - 1}; the one before {@code start} is not greater than any
     * @param start at least 8
     * @param end a multiple of 8 behind {@code start}
     */
    public static void insert(long[] keys, int start, int end, long key) {
        if (SIMD) {
            VectorKeys.insert(keys, start, end, key);
        } else {
            scalar(keys, start, end, key);
        }
    }

    /** The scalar twin. */
    public static void scalar(long[] keys, int start, int end, long key) {
        int at = end - 1;
        while (keys[at - 1] > key && at > start) {
            keys[at] = keys[at - 1];
            at--;
        }
        keys[at] = Math.min(keys[at], key);
    }

    /**
     * Passes keys through a window of the smallest: each takes its place, and the last one falls out.
     *
     * @param window {@link #WINDOW} keys in ascending order; {@link Long#MAX_VALUE} for places that are free
     * @param n how many of the keys
     * @param fallen what falls out, but no {@link Long#MAX_VALUE}, is appended from {@code count} on; has room for all
     * @return the new count
     */
    public static int pass(long[] window, long[] keys, int n, long[] fallen, int count) {
        return SIMD && VectorKeys.PASSES
                ? VectorKeys.pass(window, keys, n, fallen, count)
                : scalarPass(window, keys, n, fallen, count);
    }

    /** The scalar twin. */
    public static int scalarPass(long[] window, long[] keys, int n, long[] fallen, int count) {
        int end = count;
        for (int i = 0; i < n; i++) {
            long key = keys[i];
            long out = Math.max(window[WINDOW - 1], key);
            int at = WINDOW - 1;
            for (; at > 0 && window[at - 1] > key; at--) {
                window[at] = window[at - 1];
            }
            window[at] = Math.min(window[at], key);
            fallen[end] = out;
            end += out == Long.MAX_VALUE ? 0 : 1;
        }
        return end;
    }

    /**
     * Copies the keys from {@code least} to below {@code limit}, in their order.
     *
     * @param into the same array, or one with room for all keys and {@link #ROOM} more
     * @param at where in it the first is put; in the same array not behind {@code from}
     * @return behind the last one put
     */
    public static int between(
            long[] keys, int from, int to, long least, long limit, long[] into, int at) {
        return SIMD && VectorKeys.COMPRESSES
                ? VectorKeys.between(keys, from, to, least, limit, into, at)
                : scalarBetween(keys, from, to, least, limit, into, at);
    }

    /** The scalar twin. */
    static int scalarBetween(
            long[] keys, int from, int to, long least, long limit, long[] into, int at) {
        int end = at;
        for (int i = from; i < to; i++) {
            long key = keys[i];
            into[end] = key;
            end += key >= least && key < limit ? 1 : 0;
        }
        return end;
    }

    /**
     * Brings the {@code n} smallest of some keys to the front, in any order (Hoare's selection).
     *
     * @param others scratch, with room for all keys and {@link #ROOM} more
     */
    public static void select(long[] keys, int size, int n, long[] others) {
        int low = 0;
        int high = size;
        while (low < n && n < high) {
            long pivot = keys[(low + high) >>> 1];
            int middle = partition(keys, low, high, pivot, others);
            if (middle >= n) {
                high = middle;
            } else {
                low = partition(keys, middle, high, pivot + 1, others);
            }
        }
    }

    /** Brings keys below the pivot to the front, with the same scratch; returns where the others begin. */
    public static int partition(long[] keys, int from, int to, long pivot, long[] others) {
        int count = between(keys, from, to, pivot, Long.MAX_VALUE, others, 0);
        int middle = between(keys, from, to, Long.MIN_VALUE, pivot, keys, from);
        System.arraycopy(others, 0, keys, middle, count);
        return middle;
    }
}
