package dev.kith.testkit;

import dev.kith.Vectors;

import java.util.Random;

/**
 * Seeded vectors for tests. Clustered ones look like embeddings in what matters to an index: most of the space is empty,
 * distances differ, and neighbourhoods overlap.
 */
public final class TestVectors {
    private TestVectors() {}

    /** Gaussian clouds around one centre for each 40 rows, in an order that mixes them; none is zero. */
    public static Vectors clustered(int size, int dimension, long seed) {
        return Vectors.of(dimension, rows(size, dimension, seed));
    }

    /** Vectors from the same clouds as the rows of that seed and size, but none of the rows. */
    public static float[][] queries(int count, int size, int dimension, long seed) {
        return draw(count, centres(size, dimension, seed), new Random(seed + 1));
    }

    private static float[][] rows(int size, int dimension, long seed) {
        return draw(size, centres(size, dimension, seed), new Random(seed));
    }

    private static float[][] centres(int size, int dimension, long seed) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        float[][] centres = new float[1 + size / 40][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        return centres;
    }

    private static float[][] draw(int count, float[][] centres, Random random) {
        float[][] drawn = new float[count][];
        for (int row = 0; row < count; row++) {
            float[] vector = centres[random.nextInt(centres.length)].clone();
            for (int i = 0; i < vector.length; i++) {
                vector[i] += 0.5f * (float) random.nextGaussian();
            }
            drawn[row] = vector;
        }
        return drawn;
    }
}
