package dev.kith;

import dev.kith.internal.kernel.FloatKernels;

/**
 * How two vectors are compared. Inside Kith there is one direction only: a distance, and smaller is nearer. Scores in
 * which larger is better exist at the edges (Lucene, retrieval) and nowhere else.
 */
public enum Metric {
    /** The squared Euclidean distance, in [0, +inf). */
    EUCLIDEAN,
    /** The negated inner product, in (-inf, +inf). Vectors need not have unit length. */
    DOT_PRODUCT,
    /**
     * One minus the cosine of the angle, in [0, 2]. The zero vector has no angle and is refused, and so is one so short,
     * below 2.6e-23, that its squared length is zero as a float. A row longer than {@link Float#MAX_VALUE} may come out
     * at distance 0, 2 or NaN.
     */
    COSINE;

    /**
     * Refuses a vector that cannot be compared under this metric.
     *
     * @param vector the components
     * @param dimension the number of components that the vector must have
     * @param what what the vector is, for the message: {@code "query"} or {@code "row 17"}
     * @throws IllegalArgumentException if the length differs, a component is NaN or infinite, or the vector is zero
     *     under {@link #COSINE}
     */
    public void check(float[] vector, int dimension, String what) {
        checkDimension(vector, dimension, what);
        checkFinite(vector, what);
        checkDirection(vector, what);
    }

    static void checkDimension(float[] vector, int dimension, String what) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(what + " has " + vector.length
                    + " components, expected dimension " + dimension);
        }
    }

    /** Refuses components that are NaN or infinite; looks for which only when it knows that there is one. */
    static void checkFinite(float[] vector, String what) {
        if (FloatKernels.finite(vector)) {
            return;
        }
        int i = 0;
        while (Float.isFinite(vector[i])) {
            i++;
        }
        throw new IllegalArgumentException(
                what + " is not finite: component " + i + " is " + vector[i]);
    }

    /** Refuses the zero vector where rows are compared by direction. */
    void checkDirection(float[] vector, String what) {
        if (this != COSINE) {
            return;
        }
        if ((float) FloatKernels.squares(vector, vector.length) == 0) {
            throw new IllegalArgumentException(
                    what + " is the zero vector, which has no direction: COSINE needs one");
        }
    }
}
