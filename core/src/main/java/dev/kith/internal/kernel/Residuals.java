package dev.kith.internal.kernel;

import java.util.Arrays;

/**
 * What codes of a few bits a component need to know of the difference between a row and a centre, both rotated: its code,
 * and three sums over it. Scratch for one thread.
 *
 * <p>A code of {@code n} bits is an odd number from {@code 1 - 2^n} to {@code 2^n - 1}, kept as the {@code n} signs in
 * {@code ±2^(n-1) ± ... ±2 ±1}: the first says on which side of zero a component lies, each further one on which side of
 * what those before it stand for. A plane holds one sign of each component; planes follow one another.
 */
public final class Residuals {
    private static final boolean SIMD = FloatKernels.simd();

    /**
     * The distance of neighbouring codes, in standard deviations of a component, that makes the least squared error for
     * components spread like Gauss's bell (Max, "Quantizing for minimum distortion", IRE Transactions 1960); by bits.
     */
    private static final double[] STEPS = {0, 0, 0.9957, 0.5860, 0.3352};

    private final int dimension;
    private final int planes;
    private final float[] difference;
    private final float[] rest;
    private final double[] sums = new double[3];

    /**
     * @param dimension a multiple of 16
     * @param planes the bits of a component, from 1 to 4
     */
    public Residuals(int dimension, int planes) {
        this.dimension = dimension;
        this.planes = planes;
        difference = new float[planes == 1 ? 0 : dimension];
        rest = new float[difference.length];
    }

    /**
     * Takes a row and a centre.
     *
     * @param bits is given the signs, 64 in a word: a bit is set where what it stands for is positive
     */
    public void compute(float[] row, float[] centre, long[] bits) {
        Arrays.fill(bits, 0);
        if (planes == 1) {
            if (SIMD) {
                VectorResiduals.compute(row, centre, bits, sums);
            } else {
                scalar(row, centre, bits, sums);
            }
            return;
        }
        for (int i = 0; i < dimension; i++) {
            difference[i] = row[i] - centre[i];
        }
        System.arraycopy(difference, 0, rest, 0, dimension);
        Arrays.fill(sums, 0);
        sums[0] = squares(difference);
        float half = half();
        for (int plane = 0; plane < planes; plane++) {
            int weight = 1 << (planes - 1 - plane);
            if (SIMD) {
                VectorResiduals.plane(this, centre, bits, plane * dimension, weight, half * weight);
            } else {
                plane(centre, bits, plane * dimension, weight, half * weight);
            }
        }
    }

    /** Half the distance of neighbouring codes: what one unit of a code stands for. */
    float half() {
        return (float) (STEPS[planes] / 2 * Math.sqrt(sums[0] / dimension));
    }

    /** Takes the signs of what is left, and from it what they stand for. */
    private void plane(float[] centre, long[] bits, int from, int weight, float part) {
        double products = 0;
        double product = 0;
        for (int i = 0; i < dimension; i++) {
            if (rest[i] >= 0) {
                bits[(from + i) >>> 6] |= 1L << (from + i);
                products += difference[i];
                product += centre[i];
                rest[i] -= part;
            } else {
                products -= difference[i];
                product -= centre[i];
                rest[i] += part;
            }
        }
        sums[1] += weight * products;
        sums[2] += weight * product;
    }

    /** The sum of the squares of the difference. */
    public double squares() {
        return sums[0];
    }

    /** The inner product of the code and the difference. */
    public double product() {
        return sums[1];
    }

    /** The inner product of the code and the centre. */
    public double centre() {
        return sums[2];
    }

    /** The sum of the squares of a vector of a multiple of 16 components. */
    public static float squares(float[] vector) {
        if (SIMD) {
            return VectorResiduals.squares(vector);
        }
        float sum = 0;
        for (float component : vector) {
            sum += component * component;
        }
        return sum;
    }

    float[] difference() {
        return difference;
    }

    float[] rest() {
        return rest;
    }

    double[] sums() {
        return sums;
    }

    static void scalar(float[] row, float[] centre, long[] bits, double[] sums) {
        double squares = 0;
        double magnitudes = 0;
        double product = 0;
        for (int i = 0; i < row.length; i++) {
            float difference = row[i] - centre[i];
            squares += (double) difference * difference;
            magnitudes += Math.abs(difference);
            if (difference >= 0) {
                bits[i >>> 6] |= 1L << i;
                product += centre[i];
            } else {
                product -= centre[i];
            }
        }
        sums[0] = squares;
        sums[1] = magnitudes;
        sums[2] = product;
    }
}
