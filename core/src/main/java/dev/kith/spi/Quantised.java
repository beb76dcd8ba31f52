package dev.kith.spi;

import dev.kith.Metric;
import dev.kith.internal.kernel.CodeKernels;

/**
 * Rows of small integers: each component as the nearest of 256 or 16 values, evenly spaced from the least to the greatest
 * component of its row. A component comes back within half a step: a 510th (eight bits) or a 30th (four bits) of that range,
 * and what a float rounds. A row of equal components comes back as it was. Nothing is learnt from other rows, so that
 * rows may be encoded in any order, one at a time.
 *
 * <p>A query keeps its full precision: distances are those between the query and the decoded row. Under
 * {@link Metric#EUCLIDEAN} they are infinite or NaN where squares of components overflow a float.
 */
public final class Quantised implements Encoding {
    private final int bits;
    private final int dimension;
    private final Metric metric;

    private Quantised(int bits, int dimension, Metric metric) {
        this.bits = bits;
        this.dimension = Float32.checkDimension(dimension);
        this.metric = metric;
    }

    /**
     * One byte a component, and 16 bytes a row.
     *
     * @throws IllegalArgumentException if the dimension is not in [1, 65536]
     */
    public static Quantised int8(int dimension, Metric metric) {
        return new Quantised(8, dimension, metric);
    }

    /**
     * Half a byte a component, and 16 bytes a row.
     *
     * @throws IllegalArgumentException if the dimension is not in [1, 65536]
     */
    public static Quantised int4(int dimension, Metric metric) {
        return new Quantised(4, dimension, metric);
    }

    @Override
    public String name() {
        return "int" + bits;
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
        return false;
    }

    @Override
    public int stride() {
        return (codes() + CodeKernels.CONSTANTS + 63) & -64;
    }

    @Override
    public void encode(float[] row, HeapRecords into, int record) {
        float least = row[0];
        float greatest = row[0];
        for (int i = 1; i < dimension; i++) {
            least = Math.min(least, row[i]);
            greatest = Math.max(greatest, row[i]);
        }
        float scale = (float) (((double) greatest - least) / levels());
        byte[] codes = new byte[codes()];
        for (int i = 0; i < dimension; i++) {
            put(codes, i, scale == 0 ? 0 : nearest(((double) row[i] - least) / scale));
        }
        into.putBytes(record, 0, codes, 0, codes.length);
        into.putFloat(record, codes.length + CodeKernels.SCALE, scale);
        into.putFloat(record, codes.length + CodeKernels.OFFSET, least);
        double mean = 0;
        for (int i = 0; i < dimension; i++) {
            mean += component(into, record, i, scale, least) / dimension;
        }
        into.putFloat(record, codes.length + CodeKernels.MEAN, (float) mean);
        double origin = metric == Metric.EUCLIDEAN ? mean : 0;
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            double component = component(into, record, i, scale, least) - origin;
            squares += component * component;
        }
        double length = switch (metric) {
            case EUCLIDEAN -> squares;
            case DOT_PRODUCT -> 0;
            case COSINE -> 1 / Math.sqrt(squares);
        };
        into.putFloat(record, codes.length + CodeKernels.LENGTH, (float) length);
    }

    private int nearest(double code) {
        return (int) Math.min(code + 0.5, levels());
    }

    private void put(byte[] codes, int i, int code) {
        if (bits == 8) {
            codes[i] = (byte) code;
        } else if (i < codes.length) {
            codes[i] |= (byte) code;
        } else {
            codes[i - codes.length] |= (byte) (code << 4);
        }
    }

    @Override
    public void decode(Records rows, int record, float[] into, int offset) {
        float scale = rows.getFloat(record, codes() + CodeKernels.SCALE);
        float least = rows.getFloat(record, codes() + CodeKernels.OFFSET);
        for (int i = 0; i < dimension; i++) {
            into[offset + i] = (float) component(rows, record, i, scale, least);
        }
    }

    /** A component, which rounding must not lead beyond the greatest float. */
    private double component(Records rows, int record, int i, float scale, float offset) {
        return Math.min(offset + (double) scale * code(rows, record, i), Float.MAX_VALUE);
    }

    private int code(Records rows, int record, int i) {
        boolean high = i >= codes();
        int at = high ? i - codes() : i;
        int code = rows.getInt(record, at & -4) >>> (8 * (at & 3));
        return (high ? code >>> 4 : code) & levels();
    }

    @Override
    public Scorer scorer(Records rows) {
        return CodeKernels.scorer(rows, this, bits);
    }

    /** The greatest code. */
    private int levels() {
        return (1 << bits) - 1;
    }

    private int codes() {
        return CodeKernels.codes(bits, dimension);
    }
}
