package dev.kith.internal.kernel;

/** Chooses how keys are inserted: with SIMD, or by its scalar twin. */
public final class KeyKernels {
    private static final boolean SIMD = FloatKernels.simd();

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
}
