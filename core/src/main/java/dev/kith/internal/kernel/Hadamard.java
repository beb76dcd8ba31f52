package dev.kith.internal.kernel;

/**
 * The Walsh-Hadamard transform of a power of two of components, after each has been multiplied by a factor. Levels follow
 * in the order of ascending distance, in SIMD as in scalar code, so that both give the same bits.
 */
public final class Hadamard {
    private static final boolean SIMD = FloatKernels.simd();

    private Hadamard() {}

    /**
     * Transforms in place.
     *
     * @param from the first component
     * @param count a power of two, at least 64
     * @param factors for the component at the same place of the vector
     */
    public static void transform(float[] vector, int from, int count, float[] factors) {
        if (SIMD) {
            VectorHadamard.transform(vector, from, count, factors);
        } else {
            scalar(vector, from, count, factors);
        }
    }

    static void scalar(float[] vector, int from, int count, float[] factors) {
        int end = from + count;
        for (int i = from; i < end; i++) {
            vector[i] *= factors[i];
        }
        for (int half = 1; half < count; half *= 2) {
            for (int i = from; i < end; i += 2 * half) {
                for (int j = i; j < i + half; j++) {
                    float a = vector[j];
                    float b = vector[j + half];
                    vector[j] = a + b;
                    vector[j + half] = a - b;
                }
            }
        }
    }
}
