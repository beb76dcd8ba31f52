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
    private final Batches<float[]> batches;
    private final float[] query;

    FloatScorer(Records rows, Metric metric, int dimension, FloatKernel kernel) {
        this.rows = rows;
        this.metric = metric;
        this.dimension = dimension;
        batches = new Batches<>(kernel);
        this.query = new float[(dimension + 15) & -16];
    }

    @Override
    public void query(float[] vector) {
        System.arraycopy(vector, 0, query, 0, dimension);
        if (metric == Metric.COSINE) {
            scale((float) FloatKernels.inverseNorm(query, dimension));
        }
    }

    @Override
    public void query(int row) {
        rows.readFloats(row, 0, query, 0, dimension);
        if (metric == Metric.COSINE) {
            scale(rows.getFloat(row, 4 * dimension));
        }
    }

    private void scale(float scale) {
        for (int i = 0; i < dimension; i++) {
            query[i] *= scale;
        }
    }

    @Override
    public void distances(int[] rows, int count, float[] out) {
        batches.values(query, rows, count, out);
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

    @Override
    public float distance(int row) {
        float value = batches.value(query, row);
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
