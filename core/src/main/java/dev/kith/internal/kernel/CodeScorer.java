package dev.kith.internal.kernel;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

/**
 * Distances from a query to rows of codes ({@link CodeKernels} has the layout). The query loses its mean {@code m}, and what
 * is left, {@code q'}, sums up to zero. For a row of {@code n} components {@code x = offset + scale * c} with mean {@code u},
 * and {@code q'.c} from the kernel:
 *
 * <pre>
 * q.x      = n m u + scale (q'.c)
 * |q-x|^2  = n (m-u)^2 + |q'|^2 + |x-u|^2 - 2 scale (q'.c)
 * </pre>
 *
 * <p>Without the means, a squared distance of rows far from the origin would be a small difference of large numbers.
 */
final class CodeScorer implements Scorer {
    private final Records rows;
    private final Metric metric;
    private final int dimension;
    private final int constants;
    private final Batches<float[]> batches;
    private final float[] query;
    private final byte[] codes;
    private double mean;
    private double squares;

    /** @param codes the bytes of a row's codes, which its constants follow */
    CodeScorer(Records rows, Encoding encoding, int codes, int padded, FloatKernel kernel) {
        this.rows = rows;
        this.metric = encoding.metric();
        this.dimension = encoding.dimension();
        this.constants = codes;
        this.batches = new Batches<>(kernel);
        this.query = new float[padded];
        this.codes = new byte[codes];
    }

    @Override
    public void query(float[] vector) {
        System.arraycopy(vector, 0, query, 0, dimension);
        prepare();
    }

    @Override
    public void query(int row) {
        rows.readBytes(row, 0, codes, 0, codes.length);
        double scale = rows.getFloat(row, constants + CodeKernels.SCALE);
        float offset = rows.getFloat(row, constants + CodeKernels.OFFSET);
        boolean halves = codes.length < query.length;
        int low = Math.min(dimension, codes.length);
        for (int i = 0; i < low; i++) {
            query[i] = component(offset, scale, halves ? codes[i] & 15 : codes[i] & 255);
        }
        for (int i = low; i < dimension; i++) {
            query[i] = component(offset, scale, (codes[i - low] >> 4) & 15);
        }
        prepare();
    }

    /** As {@link Encoding#decode} gives it: rounding must not lead beyond the greatest float. */
    private static float component(float offset, double scale, int code) {
        return (float) Math.min(offset + scale * code, Float.MAX_VALUE);
    }

    private void prepare() {
        double factor = metric == Metric.COSINE ? FloatKernels.inverseNorm(query, dimension) : 1;
        mean = factor * FloatKernels.sum(query, dimension) / dimension;
        for (int i = 0; i < dimension; i++) {
            query[i] = (float) (factor * query[i] - mean);
        }
        squares = FloatKernels.squares(query, dimension);
    }

    @Override
    public void distances(int[] rows, int count, float[] out) {
        batches.values(query, rows, count, out);
        for (int i = 0; i < count; i++) {
            out[i] = distance(rows[i], out[i]);
        }
    }

    @Override
    public float distance(int row) {
        return distance(row, batches.value(query, row));
    }

    /** From what the kernel computed. */
    private float distance(int row, float product) {
        double varying = product * (double) rows.getFloat(row, constants + CodeKernels.SCALE);
        double rowMean = rows.getFloat(row, constants + CodeKernels.MEAN);
        double length = rows.getFloat(row, constants + CodeKernels.LENGTH);
        if (metric == Metric.EUCLIDEAN) {
            double apart = mean - rowMean;
            double distance = dimension * apart * apart + squares + length - 2 * varying;
            return (float) Math.max(distance, 0);
        }
        double dot = dimension * mean * rowMean + varying;
        // In [0, 2] though rounding may lead beyond.
        return metric == Metric.COSINE
                ? (float) Math.clamp(1 - dot * length, 0d, 2d)
                : (float) (0 - dot);
    }
}
