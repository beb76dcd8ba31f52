package dev.kith.spi;

import dev.kith.Metric;
import dev.kith.internal.kernel.SignKernels;

/**
 * Estimates distances from a query to rows of {@link RaBitQ}, and bounds their errors. With {@code n} components, {@code m} and
 * {@code u} the means of query and row, and {@code q'} and {@code r} what is left of them without:
 *
 * <pre>
 * q.x      = n m u + q'.r
 * |q-x|^2  = n (m-u)^2 + |q'|^2 + |r|^2 - 2 q'.r
 * </pre>
 *
 * <p>of which all is known but {@code q'.r}. Scratch for one thread.
 */
public final class RaBitQScorer implements Scorer {
    private final RaBitQ encoding;
    private final Records rows;
    private final SignKernels kernels;
    private final Metric metric;
    private final int dimension;
    private final int constants;
    private final float[] row;
    private final float[] rotated;
    private double unit;
    private double mean;
    private double squares;
    private double inverse;

    RaBitQScorer(RaBitQ encoding, Records rows) {
        this.encoding = encoding;
        this.rows = rows;
        kernels = new SignKernels(rows, encoding.signs());
        metric = encoding.metric();
        dimension = encoding.dimension();
        constants = encoding.constants();
        row = new float[dimension];
        rotated = new float[encoding.signs()];
    }

    @Override
    public void query(float[] query) {
        unit = encoding.unit(query);
        float subtracted = encoding.mean(query);
        encoding.rotate(query, subtracted, unit, rotated);
        kernels.query(rotated);
        mean = subtracted;
        double sum = 0;
        for (float component : rotated) {
            sum += (double) component * component;
        }
        squares = sum * unit * unit;
        inverse = 1 / Math.sqrt(squares + dimension * mean * mean);
    }

    /** Takes the decoded row as the query. */
    @Override
    public void query(int row) {
        encoding.decode(rows, row, this.row, 0, rotated);
        query(this.row);
    }

    @Override
    public void distances(int[] rows, int count, float[] out) {
        kernels.sums(rows, count, out);
        for (int i = 0; i < count; i++) {
            out[i] = distance(rows[i], out[i]);
        }
    }

    @Override
    public float distance(int row) {
        return distance(row, kernels.sum(row));
    }

    /** From what the kernel computed. */
    private float distance(int row, float sum) {
        double product = unit * kernels.product(sum) * constant(row, RaBitQ.FACTOR);
        double rowMean = constant(row, RaBitQ.MEAN);
        double dot = dimension * mean * rowMean + product;
        return switch (metric) {
            case EUCLIDEAN -> {
                double apart = mean - rowMean;
                double known = dimension * apart * apart + squares;
                yield (float) (known + constant(row, RaBitQ.SQUARES) - 2 * product);
            }
            case DOT_PRODUCT -> (float) (0 - dot);
            case COSINE -> (float) (1 - dot * inverse * constant(row, RaBitQ.INVERSE));
        };
    }

    /**
     * How far the estimate of a distance may be from the distance, at a chosen confidence. The error is spread like Gauss's bell,
     * nearly, with a standard deviation of at most the bound for {@code deviations = 1}: the distance lies below the estimate by
     * more than the bound for 1.9, the paper's choice, with a probability of at most 2.9 %, and above it likewise.
     *
     * <p>For unit vectors the paper's Theorem 3.2 bounds the error of the inner product by {@code deviations / sqrt(D - 1) *
     * sqrt(1 - c²) / c}, where {@code D} is the number of signs and {@code c} the cosine of the angle between a rotated row and
     * its signs. Here it is times the lengths, twice as much for squared distances, and with what the query lost when it was
     * rounded, which the paper leaves out as small: errors that are uniform within a step and independent of the row.
     *
     * @param deviations at least 0; called epsilon in the paper
     */
    public float errorBound(int row, float deviations) {
        double factor = constant(row, RaBitQ.FACTOR);
        int signs = rotated.length;
        double codeSquares = factor * factor * signs;
        double lost = codeSquares - constant(row, RaBitQ.SQUARES);
        double step = unit * kernels.step();
        double rounding = signs * step * step / 12;
        double variance = (Math.max(lost, 0) * squares + codeSquares * rounding) / (signs - 1);
        double bound = deviations * Math.sqrt(variance);
        return (float)
                switch (metric) {
                    case EUCLIDEAN -> 2 * bound;
                    case DOT_PRODUCT -> bound;
                    case COSINE -> bound * inverse * constant(row, RaBitQ.INVERSE);
                };
    }

    private double constant(int row, int offset) {
        return rows.getFloat(row, constants + offset);
    }
}
