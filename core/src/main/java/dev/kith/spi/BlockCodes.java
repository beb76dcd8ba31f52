package dev.kith.spi;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Vectors;
import dev.kith.internal.kernel.FloatKernels;
import dev.kith.internal.kernel.Residuals;

import java.util.Arrays;

/**
 * Codes of one to four bits a component for blocks of up to 32 rows, each relative to a centre of its block: distances to all
 * of them are estimated in one pass over the block, without reading the rows.
 *
 * <p>RaBitQ (Gao and Long, "RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate
 * nearest neighbor search", SIGMOD 2024), with the neighbours of a graph's node around the node as in SymphonyQG (Gou, Gao,
 * Xu and Long, SIGMOD 2025). With a rotated query q, centre c and difference r of a row from it, and the code s of r, which is
 * its signs or, with more bits, odd numbers in proportion to it,
 *
 * <pre>
 *   &lt;q - c, r&gt;  is estimated by  &lt;q - c, s&gt; |r|² / &lt;r, s&gt;
 * </pre>
 *
 * <p>without bias, and with an error that is small beside {@code |q - c| |r|}: near the query both are small. What does not
 * depend on the query is kept in two floats a row, so that an estimate is {@code d(q, c) + a + b <q, s>}. The inner product
 * of code and query is looked up, four signs at a time, in tables of the query rounded to whole numbers. A code of several bits is as
 * many planes of signs, each of which counts twice as much as the next: to the tables it is a longer code of one bit.
 *
 * <p>A block is {@link #bytes()} long: for each column of four signs 16 bytes, then 32 floats {@code a} and 32 floats
 * {@code b}. Immutable and safe for any number of threads; so are not encoders and estimators.
 */
public final class BlockCodes {
    /** The rows of a block. */
    public static final int MEMBERS = 32;

    /** The most bits of a component. */
    public static final int MAX_BITS = 4;

    /** The greatest dimension with one bit: up to it 16 bits hold the sum over all columns. */
    public static final int MAX_DIMENSION = 4096;

    private final int dimension;
    private final Metric metric;
    private final float[] mean;
    private final float[] rotatedMean;
    private final Rotation rotation;
    private final int bits;
    private final int columns;

    /**
     * @param mean what is subtracted from rows and queries before they are rotated: the rows' mean (of the rows scaled to
     *     length one under cosine), which makes the query small and its rounding fine
     * @param bits of a component, in [1, 4]: the more, the better the estimates and the longer the codes
     * @param seed of the rotation
     * @throws IllegalArgumentException if bits is out of range, or the dimension is not in [1, 4096 / bits]
     */
    public BlockCodes(float[] mean, Metric metric, int bits, long seed) {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException("bits must be in [1, " + MAX_BITS + "]: " + bits);
        }
        if (mean.length < 1 || mean.length > maxDimension(bits)) {
            throw new IllegalArgumentException("dimension must be in [1, " + maxDimension(bits)
                    + "] with codes of " + bits + " bits: " + mean.length);
        }
        this.bits = bits;
        this.dimension = mean.length;
        this.metric = metric;
        this.mean = mean.clone();
        rotation = new Rotation(dimension, seed);
        columns = bits * rotation.dimension() / 4;
        rotatedMean = Arrays.copyOf(mean, rotation.dimension());
        rotation.apply(rotatedMean);
    }

    /** The greatest dimension with so many bits of a component. */
    public static int maxDimension(int bits) {
        return MAX_DIMENSION / bits;
    }

    /** The mean of rows, of each scaled to length one under cosine; zero if there are none. */
    public static float[] mean(Vectors rows, Metric metric) {
        double[] sums = new double[rows.dimension()];
        float[] row = new float[sums.length];
        for (int i = 0; i < rows.size(); i++) {
            rows.read(i, row, 0);
            double scale = metric == Metric.COSINE ? FloatKernels.inverseNorm(row, row.length) : 1;
            for (int j = 0; j < sums.length; j++) {
                sums[j] += row[j] * scale;
            }
        }
        float[] mean = new float[sums.length];
        for (int j = 0; j < sums.length; j++) {
            mean[j] = rows.size() == 0 ? 0 : (float) (sums[j] / rows.size());
        }
        return mean;
    }

    /** What rows and queries are relative to. */
    public float[] mean() {
        return mean.clone();
    }

    /** The number of bytes of a block, a multiple of 64. */
    public int bytes() {
        return SignColumns.COLUMN * columns + 8 * MEMBERS;
    }

    /** The dimension of rotated vectors. */
    public int rotatedDimension() {
        return rotation.dimension();
    }

    Metric metric() {
        return metric;
    }

    int columns() {
        return columns;
    }

    /**
     * What the signs of a code are multiplied with: the rotated query once for each bit, by what the bit counts.
     *
     * @param scratch as many components as codes have signs
     * @return the scratch, filled, or with one bit the rotated query itself
     */
    float[] weigh(float[] rotated, float[] scratch) {
        if (bits == 1) {
            return rotated;
        }
        for (int plane = 0; plane < bits; plane++) {
            float weight = 1 << (bits - 1 - plane);
            int from = plane * rotated.length;
            for (int i = 0; i < rotated.length; i++) {
                scratch[from + i] = weight * rotated[i];
            }
        }
        return scratch;
    }

    /**
     * Scales to length one under cosine, subtracts the mean and rotates.
     *
     * @param vector of the rows' dimension
     * @param into of {@link #rotatedDimension()}
     */
    public void rotate(float[] vector, float[] into) {
        float scale =
                metric == Metric.COSINE ? (float) FloatKernels.inverseNorm(vector, dimension) : 1;
        for (int i = 0; i < dimension; i++) {
            into[i] = vector[i] * scale - mean[i];
        }
        for (int i = dimension; i < into.length; i++) {
            into[i] = 0;
        }
        rotation.apply(into);
    }

    /** The inner product of a vector and the mean, from the vector less the mean, rotated. */
    float productWithMean(float[] rotated) {
        double product = 0;
        for (int i = 0; i < rotated.length; i++) {
            product += (double) (rotated[i] + rotatedMean[i]) * rotatedMean[i];
        }
        return (float) product;
    }

    /** All rows rotated, as records of floats. */
    public HeapRecords rotate(Vectors rows, BuildContext context) throws InterruptedException {
        HeapRecords rotated = HeapRecords.allocate(rows.size(), 4 * rotatedDimension());
        int batch = 256;
        Workers.run(context.threads(), Math.ceilDiv(rows.size(), batch), () -> {
            float[] row = new float[dimension];
            float[] turned = new float[rotatedDimension()];
            return task -> {
                for (int i = task * batch; i < Math.min(rows.size(), (task + 1) * batch); i++) {
                    rows.read(i, row, 0);
                    rotate(row, turned);
                    rotated.putFloats(i, 0, turned, 0, turned.length);
                }
            };
        });
        return rotated;
    }

    /** Scratch of one thread that writes blocks. */
    public Encoder encoder() {
        return new Encoder();
    }

    /**
     * Scratch of one thread that scores the blocks in records.
     *
     * @param at where in its record the first block begins
     */
    public BlockEstimator estimator(Records records, int at) {
        return new BlockEstimator(this, records, at);
    }

    /** Writes blocks; scratch of one thread. */
    public final class Encoder {
        private final Residuals residuals = new Residuals(rotatedDimension(), bits);
        private final float[] row = new float[rotatedDimension()];
        private final float[] centre = new float[rotatedDimension()];
        private final SignColumns signs = new SignColumns(columns);
        private final byte[] codes = new byte[SignColumns.COLUMN * columns];

        private Encoder() {}

        /**
         * Writes the block of some rows around one.
         *
         * @param rotated all rows
         * @param centreRow the one around which they lie, or -1 for the mean
         * @param rows the members, from {@code from} on
         * @param count how many of them, at most 32; estimates for places that stay empty are infinite
         * @param at where in its record the block begins
         */
        public void encode(
                HeapRecords rotated,
                int centreRow,
                int[] rows,
                int from,
                int count,
                HeapRecords into,
                int record,
                int at) {
            if (centreRow < 0) {
                Arrays.fill(centre, 0);
            } else {
                rotated.readFloats(centreRow, 0, centre, 0, centre.length);
            }
            int factors = at + codes.length;
            for (int i = 0; i < MEMBERS; i++) {
                long[] bits = signs.member(i);
                if (i < count) {
                    rotated.readFloats(rows[from + i], 0, row, 0, row.length);
                    residuals.compute(row, centre, bits);
                    putFactors(into, record, factors + 4 * i);
                } else {
                    Arrays.fill(bits, 0);
                    into.putFloat(record, factors + 4 * i, Float.POSITIVE_INFINITY);
                    into.putFloat(record, factors + 4 * (MEMBERS + i), 0);
                }
            }
            signs.write(codes);
            into.putBytes(record, at, codes, 0, codes.length);
        }

        private void putFactors(HeapRecords into, int record, int at) {
            double squares = residuals.squares();
            double codeProduct = residuals.product();
            double f = codeProduct == 0 ? 0 : squares / codeProduct;
            double centreProduct = f * residuals.centre();
            double a = switch (metric) {
                case EUCLIDEAN -> squares + 2 * centreProduct;
                case COSINE -> squares / 2 + centreProduct;
                case DOT_PRODUCT -> centreProduct - product();
            };
            into.putFloat(record, at, (float) a);
            double b = metric == Metric.EUCLIDEAN ? -2 * f : -f;
            into.putFloat(record, at + 4 * MEMBERS, (float) b);
        }

        /** The inner product of the difference with centre and mean, which the estimate of the inner product leaves out. */
        private double product() {
            double product = 0;
            for (int i = 0; i < row.length; i++) {
                double difference = row[i] - centre[i];
                product += difference * (centre[i] + rotatedMean[i]);
            }
            return product;
        }
    }
}
