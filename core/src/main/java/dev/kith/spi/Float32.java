package dev.kith.spi;

import dev.kith.Metric;

/**
 * Rows as they are: float32 components, zero-padded to a multiple of 16 so that a kernel needs no tail. Under
 * {@link Metric#COSINE} the reciprocal of the row's norm stands behind the last component, where a query is zero.
 */
public final class Float32 implements Encoding {
    /** The greatest dimension. */
    public static final int MAX_DIMENSION = 65_536;

    private final int dimension;
    private final int padded;
    private final Metric metric;

    /** @throws IllegalArgumentException if the dimension is not in [1, 65536] */
    public Float32(int dimension, Metric metric) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension must be in [1, 65536]: " + dimension);
        }
        this.dimension = dimension;
        this.padded = (dimension + 15) & -16;
        this.metric = metric;
    }

    @Override
    public String name() {
        return "float32";
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public int stride() {
        int components = metric == Metric.COSINE ? dimension + 1 : dimension;
        return 4 * ((components + 15) & -16);
    }

    @Override
    public void encode(float[] row, HeapRecords into, int record) {
        into.putFloats(record, 0, row, 0, dimension);
        if (metric == Metric.COSINE) {
            into.putFloat(record, 4 * dimension, inverseNorm(row, dimension));
        }
    }

    @Override
    public void decode(Records rows, int record, float[] into, int offset) {
        rows.readFloats(record, 0, into, offset, dimension);
    }

    static float inverseNorm(float[] vector, int dimension) {
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            squares += (double) vector[i] * vector[i];
        }
        return (float) (1 / Math.sqrt(squares));
    }

    @Override
    public Scorer scorer(Records rows) {
        return new Scorer() {
            private final float[] query = new float[padded];
            private final float[] row = new float[padded];
            private float scale;

            @Override
            public void query(float[] vector) {
                System.arraycopy(vector, 0, query, 0, dimension);
                scale = inverseNorm(query, dimension);
            }

            @Override
            public void query(int record) {
                decode(rows, record, query, 0);
                scale = inverseNorm(query, dimension);
            }

            @Override
            public void distances(int[] records, int count, float[] out) {
                for (int i = 0; i < count; i++) {
                    out[i] = distance(records[i]);
                }
            }

            @Override
            public float distance(int record) {
                decode(rows, record, row, 0);
                float sum = 0;
                for (int i = 0; i < dimension; i++) {
                    float d = query[i] - row[i];
                    sum += metric == Metric.EUCLIDEAN ? d * d : query[i] * row[i];
                }
                return switch (metric) {
                    case EUCLIDEAN -> sum;
                    case DOT_PRODUCT -> -sum;
                    case COSINE -> 1 - sum * scale * rows.getFloat(record, 4 * dimension);
                };
            }
        };
    }
}
