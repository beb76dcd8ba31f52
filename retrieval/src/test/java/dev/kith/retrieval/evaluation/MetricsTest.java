package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTest {
    private static final Map<String, Integer> GRADES =
            Map.of("a", 2, "b", 1, "c", 1, "z", 0, "n", -1);
    private static final List<String> RANKED = List.of("x", "a", "z", "b", "n");

    /** Figures worked out by hand from the definitions. */
    @Test
    void metricsAreWhatTheirDefinitionsSay() {
        double gain = 2 / log2(3) + 1 / log2(5);
        double ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4);
        expect("nDCG@10", gain / ideal);
        expect("nDCG@2", (2 / log2(3)) / (2 / log2(2) + 1 / log2(3)));
        expect("R@100", 2.0 / 3);
        expect("R@2", 1.0 / 3);
        expect("MRR", 1.0 / 2);
        expect("MRR@1", 0);
        expect("P@10", 2.0 / 10);
        expect("P@2", 1.0 / 2);
        expect("Hit@1", 0);
        expect("Hit@2", 1);
        expect("MAP", (1.0 / 2 + 2.0 / 4) / 3);
        expect("MAP@3", (1.0 / 2) / 3);
        expect("Rprec", 1.0 / 3);
        // One document judged not relevant, z, stands before b; c was not found.
        expect("bpref", (1 + (1 - 1.0 / 1)) / 3);
    }

    private static void expect(String measure, double value) {
        assertThat(Measure.parse(measure).of(RANKED, GRADES))
                .as(measure)
                .isEqualTo(value, within(1e-12));
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void withoutRelevantDocumentsEveryMetricIsZero() {
        for (Measure measure : all(10)) {
            assertThat(measure.of(RANKED, Map.of("x", 0))).as(measure.name()).isZero();
            assertThat(measure.of(List.of(), GRADES)).as(measure.name()).isZero();
        }
    }

    @Test
    void tiesFallByDescendingId() {
        assertThat(Metrics.ranked(Map.of("a", 0.5, "c", 0.5, "b", 0.9)))
                .containsExactly("b", "c", "a");
    }

    private static List<Measure> all(int k) {
        List<Measure> measures = new ArrayList<>();
        for (Measure.Metric metric : Measure.Metric.values()) {
            measures.add(
                    metric == Measure.Metric.BPREF || metric == Measure.Metric.R_PRECISION
                            ? new Measure(metric, Measure.ALL)
                            : new Measure(metric, k));
        }
        return measures;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void metricsAreInBoundsAndNoneFallsWhenARelevantDocumentRises(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            Map<String, Integer> grades = new TreeMap<>();
            List<String> ranked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                grades.put("d" + i, random.nextInt(-1, 4));
                ranked.add(
                        random.nextInt(ranked.size() + 1),
                        random.nextInt(4) == 0 ? "u" + i : "d" + i);
            }
            int at = 1 + random.nextInt(19);
            List<String> risen = new ArrayList<>(ranked);
            if (grades.getOrDefault(ranked.get(at), 0)
                    <= grades.getOrDefault(ranked.get(at - 1), 0)) {
                continue;
            }
            risen.set(at, ranked.get(at - 1));
            risen.set(at - 1, ranked.get(at));
            for (Measure measure : all(1 + random.nextInt(20))) {
                double before = measure.of(ranked, grades);
                String label = measure + ", seed " + seed + ", round " + round;
                assertThat(before).as(label).isBetween(0.0, 1.0);
                assertThat(measure.of(risen, grades))
                        .as(label)
                        .isGreaterThanOrEqualTo(before - 1e-12);
            }
        }
    }

    @Test
    void theBestOrderHasAnIdealGainOfOne() {
        assertThat(Metrics.ndcg(List.of("a", "c", "b", "x"), GRADES, 10))
                .isEqualTo(1, within(1e-12));
        assertThat(Metrics.averagePrecision(List.of("a", "c", "b", "x"), GRADES, 10))
                .isEqualTo(1, within(1e-12));
        assertThat(Metrics.bpref(List.of("x", "a", "c", "b", "z"), GRADES))
                .isEqualTo(1, within(1e-12));
    }

    @Test
    void measuresAreReadUnderTheirNamesAndTrecEvals() {
        for (Measure measure : all(7)) {
            assertThat(Measure.parse(measure.name())).isEqualTo(measure);
            assertThat(Measure.parse(measure.name().toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(measure);
        }
        assertThat(Measure.parse("ndcg_cut_10")).isEqualTo(Measure.ndcg(10));
        assertThat(Measure.parse("ndcg_cut.10")).isEqualTo(Measure.ndcg(10));
        assertThat(Measure.parse("recip_rank")).isEqualTo(Measure.reciprocalRank(Measure.ALL));
        assertThat(Measure.parse(" map ")).isEqualTo(Measure.averagePrecision());
        assertThat(Measure.parse("P_5")).isEqualTo(Measure.precision(5));
        assertThat(Measure.parse("success_1")).isEqualTo(Measure.hit(1));
        for (String bad : new String[] {
            "",
            "@",
            "nDCG@0",
            "nDCG@-1",
            "nDCG@x",
            "P",
            "bpref@5",
            "Rprec@3",
            "accuracy",
            "R@9999999999"
        }) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Measure.parse(bad));
        }
    }
}
