package dev.kith.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.Progress;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.util.Random;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimilarityTest {
    private static final BuildContext ALONE = new BuildContext(1, Progress.NONE);

    @ParameterizedTest
    @EnumSource
    void scoresFloatsAsLuceneDoes(VectorSimilarityFunction function) throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int dimension = 1 + random.nextInt(70);
            float[] a = floats(random, dimension, function);
            float[] b = floats(random, dimension, function);
            Similarity similarity = new Similarity(function, VectorEncoding.FLOAT32, dimension);
            float expected = function.compare(a, b);
            assertThat(similarity.score(distance(similarity, a, b)))
                    .as("%s, seed 5, round %d", function, round)
                    .isCloseTo(expected, within(1e-5f * Math.max(1, expected)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void scoresBytesAsLuceneDoes(VectorSimilarityFunction function) throws Exception {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            byte[] a = new byte[1 + random.nextInt(70)];
            byte[] b = new byte[a.length];
            random.nextBytes(a);
            random.nextBytes(b);
            a[0] = b[0] = 1;
            Similarity similarity = new Similarity(function, VectorEncoding.BYTE, a.length);
            float distance = distance(similarity, FieldRows.floats(a), FieldRows.floats(b));
            float expected = function.compare(a, b);
            assertThat(similarity.score(distance))
                    .as("%s, seed 6, round %d", function, round)
                    .isCloseTo(expected, within(1e-5f * Math.max(1, expected)));
        }
    }

    @Test
    void scoresAreNeverNegative() {
        for (VectorSimilarityFunction function : VectorSimilarityFunction.values()) {
            Similarity similarity = new Similarity(function, VectorEncoding.FLOAT32, 4);
            for (float distance : new float[] {0, 1.5f, 2.00001f, 1e30f}) {
                assertThat(similarity.score(distance))
                        .as("%s at distance %s", function, distance)
                        .isGreaterThanOrEqualTo(0);
            }
        }
    }

    private static float distance(Similarity similarity, float[] a, float[] b) throws Exception {
        try (VectorIndex index =
                VectorIndex.build(Vectors.of(a), new FlatSpec(similarity.metric()), ALONE)) {
            return index.search(SearchRequest.of(b, 1)).distances()[0];
        }
    }

    private static float[] floats(Random random, int dimension, VectorSimilarityFunction function) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return function == VectorSimilarityFunction.DOT_PRODUCT
                ? VectorUtil.l2normalize(vector)
                : vector;
    }
}
