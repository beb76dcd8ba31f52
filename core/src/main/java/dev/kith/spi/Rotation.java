package dev.kith.spi;

import dev.kith.internal.kernel.Hadamard;

import java.util.Arrays;
import java.util.Random;

/**
 * A random orthogonal map of vectors, which spreads what they have to say evenly over their components and keeps
 * distances and inner products: what comes before codes of one bit a component. It takes n log n steps instead of n².
 *
 * <p>Rounds of random signs and a fast Walsh-Hadamard transform (Ailon and Chazelle, "The fast Johnson-Lindenstrauss
 * transform", SIAM Journal on Computing 2009). Where the dimension is no power of two, the rounds transform in turn as many
 * of the first and of the last components as the power of two below it. That needs the two to overlap by a quarter or
 * more; only dimensions just below a power of two are padded up to it.
 *
 * <p>The same dimension and seed give the same map on every machine, to the last bit. Immutable and safe for any number
 * of threads.
 */
final class Rotation {
    private static final int ROUNDS = 4;
    private static final int MIN_DIMENSION = 64;

    private final int dimension;
    private final int block;
    private final float[][] factors;
    private final float[] ones;

    /** @param dimension of the vectors; they are padded with zeros to {@link #dimension()} */
    Rotation(int dimension, long seed) {
        this.dimension = padded(dimension);
        block = Integer.highestOneBit(this.dimension);
        Random random = new Random(seed);
        float scale = (float) (1 / Math.sqrt(block));
        ones = new float[this.dimension];
        Arrays.fill(ones, 1);
        factors = new float[ROUNDS][this.dimension];
        for (float[] round : factors) {
            for (int i = 0; i < round.length; i++) {
                round[i] = random.nextBoolean() ? scale : -scale;
            }
        }
    }

    /** The dimension of rotated vectors of a dimension: a multiple of 16, at least 64. */
    static int padded(int dimension) {
        int padded = Math.max(MIN_DIMENSION, (dimension + 15) & -16);
        int block = Integer.highestOneBit(padded);
        return 4 * padded > 7 * block ? 2 * block : padded;
    }

    /** The dimension of rotated vectors. */
    int dimension() {
        return dimension;
    }

    /** Rotates the first {@link #dimension()} components in place. */
    void apply(float[] vector) {
        for (int round = 0; round < ROUNDS; round++) {
            int from = (round & 1) == 0 ? 0 : dimension - block;
            Hadamard.transform(vector, from, block, factors[round]);
        }
    }

    /** Rotates back, in place: each transform is its own inverse but for a factor, and so are the signs. */
    void invert(float[] rotated) {
        for (int round = ROUNDS - 1; round >= 0; round--) {
            int from = (round & 1) == 0 ? 0 : dimension - block;
            Hadamard.transform(rotated, from, block, ones);
            for (int i = from; i < from + block; i++) {
                rotated[i] *= factors[round][i];
            }
        }
    }
}
