package dev.kith.hnsw;

import dev.kith.Metric;

/**
 * Tells from the distance between a query and the codes of a row how near the row itself can be. Scratch for one thread.
 *
 * <p>A row lies within {@code e}, the {@link CodeError}, of what its codes say. By the triangle inequality
 *
 * <pre>
 * |q-x|  &gt;=  |q-x'| - e                     Euclidean, and cosine, which is half the squared distance of unit vectors
 * -q.x   &gt;=  -q.x' - |q| e                  dot product
 * </pre>
 *
 * <p>Both sides are known up to the rounding of floats only. A sum of {@code n} products, in any order, is off by at most
 * {@code n} units of rounding of the sum of their absolute values (Higham, "Accuracy and Stability of Numerical Algorithms",
 * 2002, section 3.1), which is at most the product of the two lengths; a few more units cover the rest of a scorer. So what is
 * returned is never above the distance that a scorer of the exact rows computes.
 */
final class ErrorBound {
    /** What an operation on floats rounds by at most, as a share of its result. */
    private static final double UNIT = 0x1p-24;

    /** At least the units by which a scorer rounds before and after its sum. */
    private static final int OPERATIONS = 16;

    private final Metric metric;
    private final CodeError rows;
    private final double rounding;
    private final double underflow;
    private double norm;
    private double slack;

    ErrorBound(Metric metric, int dimension, CodeError rows) {
        this.metric = metric;
        this.rows = rows;
        // Units multiply instead of adding up: half a percent more at the greatest dimension.
        rounding = 1.01 * (dimension + OPERATIONS) * UNIT;
        underflow = (double) dimension * Float.MIN_NORMAL;
    }

    void query(float[] query) {
        double length = CodeError.length(query);
        double q = metric == Metric.COSINE ? 1 : length;
        norm = q;
        slack = CodeError.trusted(length, metric)
                ? slack(q, rows.norm())
                : Double.POSITIVE_INFINITY;
    }

    /** By how much rounding can change a distance, for lengths of a query and a row. */
    private double slack(double q, double x) {
        return switch (metric) {
            case EUCLIDEAN ->
                2 * rounding * q * x + OPERATIONS * UNIT * (q * q + x * x) + underflow;
            case DOT_PRODUCT -> 2 * rounding * q * x + underflow;
            case COSINE -> rounding * (1 + x);
        };
    }

    /** The least exact distance that a row whose codes are that far can have; NaN or negative infinity if it is not known. */
    double least(float distance) {
        return switch (metric) {
            case EUCLIDEAN -> (1 - rounding) * nearest(distance - slack) - underflow;
            case DOT_PRODUCT -> distance - norm * rows.error() - slack;
            case COSINE -> nearest(2 * (distance - slack)) / 2 - slack;
        };
    }

    /** The least squared distance of a row whose codes have that squared distance. */
    private double nearest(double squared) {
        double apart = Math.max(Math.sqrt(Math.max(squared, 0)) - rows.error(), 0);
        return apart * apart;
    }
}
