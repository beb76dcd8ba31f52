package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
    private static final long SEED = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 65, 100, 128, 384, 784, 1024, 1536, 4096})
    void keepsLengthsAndInnerProducts(int dimension) {
        Rotation rotation = new Rotation(dimension, SEED);
        Random random = new Random(SEED);
        float[] a = vector(random, dimension, rotation.dimension());
        float[] b = vector(random, dimension, rotation.dimension());
        double length = dot(a, a);
        double product = dot(a, b);
        rotation.apply(a);
        rotation.apply(b);
        assertThat(dot(a, a)).isCloseTo(length, within(1e-5 * length));
        assertThat(dot(a, b)).isCloseTo(product, within(1e-5 * length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 65, 384, 784, 1536})
    void turnsBack(int dimension) {
        Rotation rotation = new Rotation(dimension, SEED);
        float[] vector = vector(new Random(SEED), dimension, rotation.dimension());
        float[] turned = vector.clone();
        rotation.apply(turned);
        rotation.invert(turned);
        assertThat(turned).containsExactly(vector, within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 384, 784, 1536})
    void spreadsOneComponentOverAll(int dimension) {
        Rotation rotation = new Rotation(dimension, SEED);
        for (int at = 0; at < dimension; at += 37) {
            float[] unit = new float[rotation.dimension()];
            unit[at] = 1;
            rotation.apply(unit);
            double largest = 0;
            for (float component : unit) {
                largest = Math.max(largest, Math.abs(component));
            }
            assertThat(largest).isLessThan(8 / Math.sqrt(dimension));
        }
    }

    @Test
    void dependsOnTheSeed() {
        float[] a = vector(new Random(SEED), 64, 64);
        float[] b = a.clone();
        float[] c = a.clone();
        new Rotation(64, 1).apply(a);
        new Rotation(64, 2).apply(b);
        new Rotation(64, 1).apply(c);
        assertThat(a).isNotEqualTo(b).isEqualTo(c);
    }

    private static float[] vector(Random random, int dimension, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
