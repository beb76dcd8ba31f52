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
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void reciprocalRanksCanBeWeighted() {
        Ranking fused = Fusion.rrf(0, 0.75).fuse(DENSE, SPARSE);
        assertThat(fused.rows()).containsExactly(1, 3, 2, 4);
        assertThat(fused.scores())
                .containsExactly(
                        new double[] {0.75 + 0.25 / 3, 0.75 / 3 + 0.25, 0.75 / 2, 0.25 / 2},
                        within(1e-9));
    }

    /** Of 0, 0 and 6 the mean is 2 and the standard deviation the root of 8. */
    @Test
    void distributionsAreStretchedAroundTheirMean() {
        Ranking half = Ranking.of(Map.of(1, 6.0, 2, 0.0, 3, 0.0));
        double reach = 3 * Math.sqrt(8);
        double low = (reach - 2) / (2 * reach);
        assertThat(Fusion.distributionBased(0.5).normalized(half))
                .containsExactly(new double[] {(reach + 4) / (2 * reach), low, low}, within(1e-9));
        Map<Integer, Double> outlier = new HashMap<>();
        for (int row = 0; row < 100; row++) {
            outlier.put(row, row == 7 ? 1.0 : 0.0);
        }
        assertThat(Fusion.distributionBased(0.5).normalized(Ranking.of(outlier))[0])
                .as("ten deviations above the mean")
                .isEqualTo(1.0);
        assertThat(Fusion.distributionBased(0.5).normalized(Ranking.of(Map.of(1, 0.3))))
                .containsExactly(0.5);
    }

    @Test
    void theFusedScoreIsTheWeightedSumOfNormalisedParts() {
        for (Fusion fusion : List.of(
                Fusion.minMax(0.7),
                Fusion.theoreticalMin(0.2),
                Fusion.rrf(60, 0.3),
                Fusion.distributionBased(0.4))) {
            double[] dense = fusion.normalized(DENSE);
            double[] sparse = fusion.normalized(SPARSE);
            Ranking fused = fusion.fuse(DENSE, SPARSE);
            for (int i = 0; i < fused.size(); i++) {
                double expected = 0;
                for (int j = 0; j < 3; j++) {
                    expected += DENSE.rows()[j] == fused.rows()[i] ? fusion.alpha() * dense[j] : 0;
                    expected += SPARSE.rows()[j] == fused.rows()[i]
                            ? (1 - fusion.alpha()) * sparse[j]
                            : 0;
                }
                assertThat(fused.scores()[i]).as(fusion.text()).isEqualTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void textFormsAreReadBack() {
        for (Fusion fusion : List.of(
                Fusion.minMax(0.35),
                Fusion.theoreticalMin(1),
                Fusion.rrf(10, 0.25),
                Fusion.distributionBased(0))) {
            assertThat(Fusion.parse(fusion.text())).isEqualTo(fusion);
        }
        assertThat(Fusion.parse("min-max")).isEqualTo(Fusion.minMax(0.55));
        assertThat(Fusion.parse("theoretical-min")).isEqualTo(Fusion.theoreticalMin(0.8));
        assertThat(Fusion.parse("rrf")).isEqualTo(Fusion.rrf(60));
        assertThat(Fusion.parse("rrf?alpha=0.7")).isEqualTo(Fusion.rrf(60, 0.7));
        assertThat(Fusion.parse("dbsf")).isEqualTo(Fusion.distributionBased(0.5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rrrf                    | unknown fusion: rrrf, expected min-max, theoretical-min, rrf, dbsf
            min-max?k=60            | fusion min-max has no options [k]: min-max?k=60
            rrf?k=many              | option k must be a number, found "many" in rrf?k=many
            rrf?k                   | expected option=value, found "k" in rrf?k
            dbsf?alpha=1&alpha=0    | option alpha is given twice in dbsf?alpha=1&alpha=0
            min-max?alpha=2         | alpha must be in [0, 1]: 2.0
            """)
    void saysWhatIsWrongWithATextForm(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fusion.parse(text))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void keepsTheContractOnRandomRankings(long seed) {
        Random random = new Random(seed);
        for (Fusion fusion : List.of(
                Fusion.minMax(0.7),
                Fusion.theoreticalMin(0.2),
                Fusion.rrf(0),
                Fusion.rrf(7, 0.9),
                Fusion.distributionBased(0.4))) {
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
        for (Fusion fusion : List.of(
                Fusion.minMax(0.7),
                Fusion.theoreticalMin(0.7),
                Fusion.rrf(60),
                Fusion.distributionBased(0.7))) {
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
