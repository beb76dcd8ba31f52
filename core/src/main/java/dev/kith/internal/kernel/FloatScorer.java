package dev.kith.internal.kernel;

import dev.kith.Metric;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

/**
 * Distances from a query to float32 rows: prepares the query, gives the kernel eight or four rows at a time, and turns what
 * it computes into the metric's distance.
 *
 * <p>Under {@link Metric#COSINE} the query is scaled to length one, which cannot overflow, and each dot product is
 * multiplied by the row's stored reciprocal norm.
 */
final class FloatScorer implements Scorer {
    private final Records rows;
    private final Metric metric;
    private final int dimension;
    private final FloatKernel kernel;
    private final float[] query;
    private final int[] lastRows = new int[4];
    private final float[] lastValues = new float[4];

    FloatScorer(Records rows, Metric metric, int dimension, FloatKernel kernel) {
        this.rows = rows;
        this.metric = metric;
        this.dimension = dimension;
        this.kernel = kernel;
        this.query = new float[(dimension + 15) & -16];
    }

    @Override
    public void query(float[] vector) {
        System.arraycopy(vector, 0, query, 0, dimension);
        if (metric == Metric.COSINE) {
            scale(FloatKernels.inverseNorm(query, dimension));
        }
    }

    @Override
    public void query(int row) {
        rows.readFloats(row, 0, query, 0, dimension);
        if (metric == Metric.COSINE) {
            scale(rows.getFloat(row, 4 * dimension));
        }
    }

    private void scale(double scale) {
        for (int i = 0; i < dimension; i++) {
            query[i] = (float) (query[i] * scale);
        }
    }

    @Override
    public void distances(int[] rows, int count, float[] out) {
        int at = 0;
        for (; at + 8 <= count; at += 8) {
            kernel.eight(query, rows, at, out);
        }
        if (at + 4 <= count) {
            kernel.four(query, rows, at, out);
            at += 4;
        }
        if (at + 1 == count) {
            out[at] = kernel.one(query, rows[at]);
        } else if (at < count) {
            last(rows, at, count, out);
        }
        if (metric == Metric.DOT_PRODUCT) {
            for (int i = 0; i < count; i++) {
                out[i] = 0 - out[i];
            }
        } else if (metric == Metric.COSINE) {
            for (int i = 0; i < count; i++) {
                out[i] = cosine(out[i], rows[i]);
            }
        }
    }

    /** Two or three rows, as four of which the last is repeated. */
    private void last(int[] rows, int at, int count, float[] out) {
        for (int i = 0; i < 4; i++) {
            lastRows[i] = rows[Math.min(at + i, count - 1)];
        }
        kernel.four(query, lastRows, 0, lastValues);
        System.arraycopy(lastValues, 0, out, at, count - at);
    }

    @Override
    public float distance(int row) {
        float value = kernel.one(query, row);
        return switch (metric) {
            case EUCLIDEAN -> value;
            case DOT_PRODUCT -> 0 - value;
            case COSINE -> cosine(value, row);
        };
    }

    /** In [0, 2] though rounding may lead beyond. */
    private float cosine(float dot, int row) {
        return Math.clamp(1 - dot * rows.getFloat(row, 4 * dimension), 0f, 2f);
    }
}
