package dev.kith.spi;

import dev.kith.Metric;

/**
 * Rows of signs: one bit a component, and 16 bytes. RaBitQ (Gao and Long, "RaBitQ: quantizing high-dimensional vectors with a
 * theoretical error bound for approximate nearest neighbor search", SIGMOD 2024).
 *
 * <p>What is left of a row without the mean {@code u} of its components, {@code r}, is rotated at random, and of each rotated
 * component the sign is kept, {@code s}. With a query likewise, {@code q'},
 *
 * <pre>
 *   &lt;q', r&gt;  is estimated by  &lt;q', s&gt; |r|² / &lt;r, s&gt;
 * </pre>
 *
 * <p>without bias over the choice of the rotation, and with an error that {@link RaBitQScorer#errorBound} bounds. The mean and the
 * lengths are kept beside the signs, so that only this inner product is an estimate. A distance is what follows from it; it is
 * <em>not</em> that to the decoded row, and one that is nearly zero may be estimated below. A decoded row has the same estimates as
 * inner products, up to the query's rounding to four bits: it is longer than the row that was encoded, by a quarter or so.
 *
 * <pre>
 * +---------------------------+--------+-------+---------+---------+---------+
 * | signs, zeros to 8 bytes   | factor | mean  | squares | inverse | zeros   |
 * +---------------------------+--------+-------+---------+---------+---------+
 *   bit i of byte i / 8         float    float   float     float     to 64
 * </pre>
 *
 * <p><em>factor</em> is {@code |r|² / <r, s>}, <em>squares</em> {@code |r|²}, <em>inverse</em> under {@link Metric#COSINE} the
 * reciprocal of the row's norm, else 0. Under {@link Metric#EUCLIDEAN} estimates are infinite or NaN where squares of components
 * overflow a float.
 *
 * <p>Nothing is learnt from other rows, so that rows may be encoded in any order, one at a time, and a file holds nothing but
 * rows. The rotation is the same for all rows of a dimension.
 */
public final class RaBitQ implements Encoding {
    /** Offsets of a row's constants behind its signs, all floats. */
    static final int FACTOR = 0;

    static final int MEAN = 4;
    static final int SQUARES = 8;
    static final int INVERSE = 12;
    private static final int CONSTANTS = 16;

    /** Of the rotation: part of the format, as the layout is. */
    private static final long SEED = 0x5261_4269_7451L;

    private final int dimension;
    private final Metric metric;
    private final Rotation rotation;

    /** @throws IllegalArgumentException if the dimension is not in [1, 65536] */
    public RaBitQ(int dimension, Metric metric) {
        this.dimension = Float32.checkDimension(dimension);
        this.metric = metric;
        rotation = new Rotation(dimension, SEED);
    }

    @Override
    public String name() {
        return "rabitq";
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
        return (constants() + CONSTANTS + 63) & -64;
    }

    /** How many signs a row has: the dimension of rotated rows. */
    int signs() {
        return rotation.dimension();
    }

    /** Where a row's constants begin. */
    int constants() {
        return (signs() / Byte.SIZE + 7) & -8;
    }

    @Override
    public void encode(float[] row, HeapRecords into, int record) {
        double unit = unit(row);
        float mean = mean(row);
        float[] rotated = new float[signs()];
        rotate(row, mean, unit, rotated);
        byte[] signs = new byte[constants()];
        double squares = 0;
        double product = 0;
        for (int i = 0; i < rotated.length; i++) {
            squares += (double) rotated[i] * rotated[i];
            product += Math.abs(rotated[i]);
            if (rotated[i] >= 0) {
                signs[i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
            }
        }
        double factor = product == 0 ? 0 : squares / product * unit;
        squares *= unit * unit;
        double norm = Math.sqrt(squares + (double) dimension * mean * mean);
        into.putBytes(record, 0, signs, 0, signs.length);
        into.putFloat(record, signs.length + FACTOR, (float) Math.min(factor, Float.MAX_VALUE));
        into.putFloat(record, signs.length + MEAN, mean);
        into.putFloat(record, signs.length + SQUARES, (float) squares);
        into.putFloat(
                record, signs.length + INVERSE, metric == Metric.COSINE ? (float) (1 / norm) : 0);
    }

    /** The greatest magnitude, or 1 if that is zero: in units of it nothing overflows on the way. */
    double unit(float[] vector) {
        float greatest = 0;
        for (int i = 0; i < dimension; i++) {
            greatest = Math.max(greatest, Math.abs(vector[i]));
        }
        return greatest == 0 ? 1 : greatest;
    }

    /** The mean of the components. */
    float mean(float[] vector) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += vector[i];
        }
        return (float) (sum / dimension);
    }

    /**
     * Subtracts the mean, divides by the unit and rotates.
     *
     * @param into as many components as there are signs
     */
    void rotate(float[] vector, float mean, double unit, float[] into) {
        double inverse = 1 / unit;
        for (int i = 0; i < dimension; i++) {
            into[i] = (float) (((double) vector[i] - mean) * inverse);
        }
        for (int i = dimension; i < into.length; i++) {
            into[i] = 0;
        }
        rotation.apply(into);
    }

    @Override
    public void decode(Records rows, int record, float[] into, int offset) {
        decode(rows, record, into, offset, new float[signs()]);
    }

    /** @param rotated scratch of as many components as there are signs */
    void decode(Records rows, int record, float[] into, int offset, float[] rotated) {
        for (int i = 0; i < rotated.length; i++) {
            int bits = rows.getInt(record, i / Integer.SIZE * Integer.BYTES);
            rotated[i] = (bits >>> i & 1) != 0 ? 1 : -1;
        }
        rotation.invert(rotated);
        double factor = rows.getFloat(record, constants() + FACTOR);
        double mean = rows.getFloat(record, constants() + MEAN);
        // What was encoded had no mean; what the signs say of one is an error.
        float error = mean(rotated);
        for (int i = 0; i < dimension; i++) {
            double component = mean + factor * (rotated[i] - error);
            into[offset + i] =
                    (float) Math.clamp(component, -(double) Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }

    @Override
    public RaBitQScorer scorer(Records rows) {
        return new RaBitQScorer(this, rows);
    }
}
