package dev.kith.spi;

import dev.kith.Metric;
import dev.kith.internal.kernel.FloatKernels;

/**
 * Rows as they are: float32 components, zero-padded to a multiple of 16 so that a kernel needs no tail. Under
 * {@link Metric#COSINE} the reciprocal of the row's norm stands behind the last component, where a query is zero.
 */
public final class Float32 implements Encoding {
    /** The greatest dimension. */
    public static final int MAX_DIMENSION = 65_536;

    private final int dimension;
    private final Metric metric;

    /** @throws IllegalArgumentException if the dimension is not in [1, 65536] */
    public Float32(int dimension, Metric metric) {
        this.dimension = checkDimension(dimension);
        this.metric = metric;
    }

    static int checkDimension(int dimension) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension must be in [1, 65536]: " + dimension);
        }
        return dimension;
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
    public boolean exact() {
        return true;
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
            float inverse = (float) FloatKernels.inverseNorm(row, dimension);
            into.putFloat(record, 4 * dimension, inverse);
        }
    }

    @Override
    public void decode(Records rows, int record, float[] into, int offset) {
        rows.readFloats(record, 0, into, offset, dimension);
    }

    @Override
    public Scorer scorer(Records rows) {
        return FloatKernels.scorer(rows, metric, dimension);
    }
}
