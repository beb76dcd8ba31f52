package dev.kith.retrieval.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FusionTest {
    private static final Ranking NOTHING = new Ranking(new int[0], new double[0]);
    private static final Ranking DENSE = Ranking.of(Map.of(1, 0.9, 2, 0.7, 3, 0.5));
    private static final Ranking SPARSE = Ranking.of(Map.of(3, 1.0, 4, 0.5, 1, 0.25));

    @Test
    void minMaxStretchesBetweenWorstAndBest() {
        Ranking fused = Fusion.minMax(0.75).fuse(DENSE, SPARSE);
        assertThat(fused.rows()).containsExactly(1, 2, 3, 4);
        assertThat(fused.scores())
                .containsExactly(new double[] {0.75, 0.375, 0.25, 0.25 / 3}, within(1e-9));
    }

    @Test
    void theoreticalMinimumStretchesFromZero() {
        Ranking fused = Fusion.theoreticalMin(0.5).fuse(DENSE, SPARSE);
        assertThat(fused.rows()).containsExactly(3, 1, 2, 4);
        assertThat(fused.scores())
                .containsExactly(
                        new double[] {0.5 * 5 / 9 + 0.5, 0.5 + 0.125, 0.5 * 7 / 9, 0.25},
                        within(1e-9));
    }

    @Test
    void reciprocalRanksAddUp() {
        Ranking fused = Fusion.rrf(60).fuse(DENSE, SPARSE);
        assertThat(fused.rows()).containsExactly(1, 3, 2, 4);
        double first = 61.0 / 2;
        assertThat(fused.scores())
                .containsExactly(
                        new double[] {
                            first * (1.0 / 61 + 1.0 / 63),
                            first * (1.0 / 63 + 1.0 / 61),
                            first / 62,
                            first / 62
                        },
                        within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void keepsTheContractOnRandomRankings(long seed) {
        Random random = new Random(seed);
        for (Fusion fusion :
                List.of(Fusion.minMax(0.7), Fusion.theoreticalMin(0.2), Fusion.rrf(0))) {
            for (int round = 0; round < 200; round++) {
                Ranking dense = ranking(random);
                Ranking sparse = ranking(random);
                Ranking fused = fusion.fuse(dense, sparse);
                String as = "seed " + seed + ", " + fusion;
                Map<Integer, Double> union = new HashMap<>();
                for (int row : dense.rows()) {
                    union.put(row, 0.0);
                }
                for (int row : sparse.rows()) {
                    union.put(row, 0.0);
                }
                assertThat(fused.rows())
                        .as(as)
                        .containsExactlyInAnyOrder(Ranking.of(union).rows());
                for (int i = 0; i < fused.size(); i++) {
                    assertThat(fused.scores()[i]).as(as).isBetween(0.0, 1.0 + 1e-12);
                    assertThat(i == 0
                                    || fused.scores()[i - 1] > fused.scores()[i]
                                    || (fused.scores()[i - 1] == fused.scores()[i]
                                            && fused.rows()[i - 1] < fused.rows()[i]))
                            .as(as)
                            .isTrue();
                }
            }
        }
    }

    private static Ranking ranking(Random random) {
        Map<Integer, Double> scores = new HashMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            scores.put(random.nextInt(10), random.nextInt(5) / 4.0);
        }
        return Ranking.of(scores);
    }

    @Test
    void oneHalfAloneKeepsItsOrder() {
        for (Fusion fusion :
                List.of(Fusion.minMax(0.7), Fusion.theoreticalMin(0.7), Fusion.rrf(60))) {
            assertThat(fusion.fuse(DENSE, NOTHING).rows()).containsExactly(DENSE.rows());
            assertThat(fusion.fuse(NOTHING, SPARSE).rows()).containsExactly(SPARSE.rows());
            assertThat(fusion.fuse(NOTHING, NOTHING).size()).isZero();
        }
    }

    @Test
    void refusesSenselessParameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fusion.minMax(1.1))
                .withMessage("alpha must be in [0, 1]: 1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> Fusion.theoreticalMin(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fusion.rrf(-1))
                .withMessage("k must not be negative: -1");
    }
}
