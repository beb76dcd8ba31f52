package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComparisonTest {
    private static final Measure NDCG = Measure.ndcg(10);

    private static Scores scores(String name, double... values) {
        SequencedMap<Measure, SortedMap<String, Double>> all = new LinkedHashMap<>();
        SortedMap<String, Double> queries = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            queries.put("q" + i, values[i]);
        }
        all.put(NDCG, queries);
        return new Scores(name, all);
    }

    @Test
    void tTestIsWhatTablesOfStudentsDistributionSay() {
        // One degree of freedom is Cauchy's distribution, two have a closed form too.
        for (double t : new double[] {0.1, 1, 3, 12.706, 400}) {
            assertThat(StudentT.twoSided(t, 1))
                    .isEqualTo(1 - 2 / Math.PI * Math.atan(t), within(1e-12));
            assertThat(StudentT.twoSided(-t, 2))
                    .isEqualTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
        }
        assertThat(StudentT.twoSided(2.228, 10)).isEqualTo(0.05, within(1e-4));
        assertThat(StudentT.twoSided(2.576, 1_000_000)).isEqualTo(0.01, within(1e-4));
        assertThat(StudentT.twoSided(0, 5)).isEqualTo(1, within(1e-12));
        // Differences 1, 2, 3: mean 2, error 1 / sqrt(3), t = 3.4641 with 2 degrees.
        double t = 2 * Math.sqrt(3);
        assertThat(PairedTest.tTest(new double[] {1, 2, 3}))
                .isEqualTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
        assertThat(PairedTest.tTest(new double[] {0.1, 0.1, 0.1})).isZero();
        assertThat(PairedTest.tTest(new double[] {0, 0})).isEqualTo(1);
        assertThat(PairedTest.tTest(new double[] {5})).isEqualTo(1);
    }

    @Test
    void fewDifferencesAreTestedWithAllSigns() {
        // Of eight sign patterns of 1, 2, 3 two have a sum as far from 0 as 6.
        assertThat(PairedTest.DEFAULT.randomisation(new double[] {1, 2, 3, 0, 0}))
                .isEqualTo(2 / 8.0);
        // 1, 2, -3 sums to 0, and every pattern is at least as far from it.
        assertThat(PairedTest.DEFAULT.randomisation(new double[] {1, 2, -3})).isEqualTo(1);
        // |sum| of +-0.1 +-0.2 +-0.4 is 0.3 or more for 0.7, 0.5, 0.3 (twice each).
        assertThat(PairedTest.DEFAULT.randomisation(new double[] {0.1, -0.2, 0.4}))
                .isEqualTo(6 / 8.0);
        assertThat(PairedTest.DEFAULT.randomisation(new double[0])).isEqualTo(1);
    }

    @Test
    void manyDifferencesAreTestedWithRandomSignsThatComeCloseToAll() {
        double[] differences = new double[20];
        SplittableRandom random = new SplittableRandom(7);
        Arrays.setAll(differences, i -> random.nextDouble() - 0.3);
        double observed = Math.abs(Arrays.stream(differences).sum());
        long extreme = 0;
        for (int signs = 0; signs < 1 << 20; signs++) {
            double sum = 0;
            for (int i = 0; i < 20; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            extreme += Math.abs(sum) >= observed - 1e-12 ? 1 : 0;
        }
        assertThat(PairedTest.DEFAULT.randomisation(differences))
                .isEqualTo(extreme / (double) (1 << 20), within(0.01));
    }

    /** A test at the 5 % level must call chance a difference in about 5 % of cases. */
    @Test
    void chanceIsCalledADifferenceAsOftenAsTheLevelSays() {
        SplittableRandom random = new SplittableRandom(11);
        PairedTest test = new PairedTest(3, 400);
        int byRandomisation = 0;
        int byT = 0;
        int outside = 0;
        for (int trial = 0; trial < 1000; trial++) {
            double[] differences = new double[40];
            Arrays.setAll(differences, i -> random.nextDouble() - random.nextDouble());
            byRandomisation += test.randomisation(differences) < 0.05 ? 1 : 0;
            byT += PairedTest.tTest(differences) < 0.05 ? 1 : 0;
            PairedTest.Interval bounds = test.interval(differences, 0.95);
            outside += bounds.low() > 0 || bounds.high() < 0 ? 1 : 0;
        }
        assertThat(byRandomisation).isBetween(25, 80);
        assertThat(byT).isBetween(25, 80);
        assertThat(outside).isBetween(25, 90);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anIntervalHoldsTheMeanAndAllSeedsRepeat(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] differences = new double[100];
        Arrays.setAll(differences, i -> random.nextDouble() - 0.4);
        PairedTest test = new PairedTest(seed, 1000);
        PairedTest.Interval bounds = test.interval(differences, 0.95);
        double mean = Arrays.stream(differences).average().orElseThrow();
        assertThat(mean).as("seed " + seed).isBetween(bounds.low(), bounds.high());
        assertThat(test.interval(differences, 0.95)).isEqualTo(bounds);
        assertThat(test.interval(differences, 0.5).low()).isGreaterThan(bounds.low());
        // The deviation is .2887, so the bounds are about 1.96 * .2887 / 10 away.
        assertThat(bounds.high() - bounds.low()).isEqualTo(2 * 0.0566, within(0.02));
        double p = test.randomisation(differences);
        assertThat(p).isBetween(1.0 / 1001, 1.0);
        assertThat(test.randomisation(differences)).isEqualTo(p);
        double[] mirrored = Arrays.stream(differences).map(d -> -d).toArray();
        assertThat(test.randomisation(mirrored)).isEqualTo(p);
    }

    @Test
    void holmCorrectsFromTheSmallestOn() {
        assertThat(PairedTest.holm(new double[] {0.04, 0.01, 0.03}))
                .containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
        assertThat(PairedTest.holm(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(PairedTest.holm(new double[0])).isEmpty();
    }

    @Test
    void systemsAreComparedWithTheBaselineQueryByQuery() {
        double[] low = new double[30];
        double[] high = new double[30];
        Arrays.setAll(low, i -> 0.2 + i / 100.0);
        Arrays.setAll(high, i -> low[i] + 0.1 + i / 1000.0);
        high[3] = 0;
        Scores base = scores("base", low);
        Comparison comparison =
                Comparison.of(List.of(base, scores("same", low), scores("up", high)));

        List<Comparison.Difference> differences = comparison.differences(NDCG);
        assertThat(differences)
                .extracting(Comparison.Difference::name)
                .containsExactly("same", "up");
        Comparison.Difference same = differences.getFirst();
        assertThat(same.p()).isEqualTo(1);
        assertThat(same.significant()).isFalse();
        assertThat(same.better() + same.worse()).isZero();
        Comparison.Difference up = differences.getLast();
        assertThat(up.difference()).isEqualTo(up.mean() - base.mean(NDCG), within(1e-12));
        assertThat(up.significant()).isTrue();
        assertThat(up.corrected()).isEqualTo(2 * up.p(), within(1e-12));
        assertThat(up.better()).isEqualTo(29);
        assertThat(up.worse()).isEqualTo(1);
        assertThat(up.interval().low()).isPositive();

        List<Comparison.QueryDifference> queries = comparison.queryDifferences("up", NDCG);
        assertThat(queries.getFirst()).isEqualTo(new Comparison.QueryDifference("q3", low[3], 0));
        assertThat(queries.getLast().query()).isEqualTo("q29");
        assertThat(queries)
                .isSortedAccordingTo((a, b) -> Double.compare(a.difference(), b.difference()));

        Comparison turned = comparison.against("up");
        assertThat(turned.differences(NDCG).getFirst().difference())
                .isEqualTo(-up.difference(), within(1e-12));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        Scores a = scores("a", 1, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(a, scores("b", 1, 0, 1))))
                .withMessageContaining("different queries");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(a, a)))
                .withMessageContaining("two systems are named a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(a)).against("b"))
                .withMessageContaining("expected one of [a], found b");
        assertThatIllegalArgumentException().isThrownBy(() -> scores("empty"));
        assertThatIllegalArgumentException().isThrownBy(() -> a.mean(Measure.hit(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedTest.DEFAULT.interval(new double[0], 0.95));
    }
}
