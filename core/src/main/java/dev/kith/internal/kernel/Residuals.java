package dev.kith.internal.kernel;

import java.util.Arrays;

/**
 * What one-bit codes need to know of the difference between a row and a centre, both rotated: its signs, and three sums
 * over it. Scratch for one thread.
 */
public final class Residuals {
    private static final boolean SIMD = FloatKernels.simd();

    private final long[] bits;
    private final double[] sums = new double[3];

    /** @param dimension a multiple of 16 */
    public Residuals(int dimension) {
        bits = new long[(dimension + 63) >>> 6];
    }

    /** Takes a row and a centre. */
    public void compute(float[] row, float[] centre) {
        Arrays.fill(bits, 0);
        if (SIMD) {
            VectorResiduals.compute(row, centre, bits, sums);
        } else {
            scalar(row, centre, bits, sums);
        }
    }

    /** Four signs, from component {@code 4 * column} on: a bit is set where the difference is not negative. */
    public int nibble(int column) {
        return (int) (bits[column >>> 4] >>> (4 * (column & 15))) & 15;
    }

    /** The sum of the squares of the difference. */
    public double squares() {
        return sums[0];
    }

    /** The sum of the magnitudes of the difference. */
    public double magnitudes() {
        return sums[1];
    }

    /** The inner product of the signs and the centre. */
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
