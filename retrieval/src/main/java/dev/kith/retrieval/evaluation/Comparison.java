package dev.kith.retrieval.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Systems side by side on the same queries, each against a baseline. Immutable. */
public final class Comparison {
    /** The level of intervals and, taken from 1, of significance. */
    public static final double LEVEL = 0.95;

    /**
     * A system against the baseline, by one measure.
     *
     * @param name the system
     * @param measure what was measured
     * @param mean the system's mean
     * @param difference the mean less the baseline's
     * @param interval the difference's 95 % bounds, by the bootstrap
     * @param p of the randomisation test
     * @param corrected the same after Holm's correction for the number of systems; each measure is corrected alone
     * @param tTest the p-value of the paired t-test, not corrected
     * @param better on how many queries the system is better
     * @param worse on how many it is worse; on the rest they are equal
     */
    public record Difference(
            String name,
            Measure measure,
            double mean,
            double difference,
            PairedTest.Interval interval,
            double p,
            double corrected,
            double tTest,
            int better,
            int worse) {
        /** Whether the difference is more than chance: the corrected p-value is below 0.05. */
        public boolean significant() {
            return corrected < 1 - LEVEL;
        }
    }

    /**
     * One query's values.
     *
     * @param query the query's id
     * @param baseline the baseline's value
     * @param value the system's
     */
    public record QueryDifference(String query, double baseline, double value) {
        /** What the system gains, below 0 if it loses. */
        public double difference() {
            return value - baseline;
        }
    }

    private final List<Scores> scores;
    private final Scores baseline;
    private final PairedTest test;
    private final Map<Measure, List<Difference>> differences = new HashMap<>();

    private Comparison(List<Scores> scores, Scores baseline, PairedTest test) {
        this.scores = List.copyOf(scores);
        this.baseline = baseline;
        this.test = test;
        requireComparable();
        for (Measure measure : baseline.measures()) {
            differences.put(measure, computed(measure));
        }
    }

    /**
     * Compares with the first.
     *
     * @param scores what was measured, in the order that reports show
     * @throws IllegalArgumentException if there is none, names repeat, or queries or measures differ
     */
    public static Comparison of(List<Scores> scores) {
        return of(scores, PairedTest.DEFAULT);
    }

    /**
     * Compares with the first.
     *
     * @param scores what was measured, in the order that reports show
     * @param test how chance is weighed
     * @throws IllegalArgumentException if there is none, names repeat, or queries or measures differ
     */
    public static Comparison of(List<Scores> scores, PairedTest test) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare");
        }
        return new Comparison(scores, scores.getFirst(), test);
    }

    /**
     * The same against another baseline.
     *
     * @throws IllegalArgumentException if no system has that name
     */
    public Comparison against(String name) {
        return new Comparison(scores, named(name), test);
    }

    private void requireComparable() {
        Set<String> names = new HashSet<>();
        for (Scores system : scores) {
            if (!names.add(system.name())) {
                throw new IllegalArgumentException("two systems are named " + system.name());
            }
            if (!system.queries().equals(baseline.queries())) {
                throw new IllegalArgumentException(system.name() + " and " + baseline.name()
                        + " were measured on different queries");
            }
            if (!system.measures().equals(baseline.measures())) {
                throw new IllegalArgumentException(system.name() + " was measured by "
                        + system.measures() + ", " + baseline.name() + " by "
                        + baseline.measures());
            }
        }
    }

    /** What was measured, in the order that reports show. */
    public List<Scores> scores() {
        return scores;
    }

    /** The system that the others are compared with. */
    public Scores baseline() {
        return baseline;
    }

    /** The measures, in the order they were asked for. */
    public List<Measure> measures() {
        return baseline.measures();
    }

    /**
     * A system's scores.
     *
     * @throws IllegalArgumentException if no system has that name
     */
    public Scores named(String name) {
        return scores.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + scores.stream().map(Scores::name).toList() + ", found " + name));
    }

    /**
     * The systems against the baseline, in order, without the baseline itself.
     *
     * @throws IllegalArgumentException if the measure was not asked for
     */
    public List<Difference> differences(Measure measure) {
        List<Difference> found = differences.get(measure);
        if (found == null) {
            throw new IllegalArgumentException("measured by " + measures() + ", not by " + measure);
        }
        return found;
    }

    private List<Difference> computed(Measure measure) {
        List<Scores> others = scores.stream()
                .filter(system -> !system.name().equals(baseline.name()))
                .toList();
        double[] ps = others.stream()
                .mapToDouble(system -> test.randomisation(differences(system, measure)))
                .toArray();
        double[] corrected = PairedTest.holm(ps);
        List<Difference> computed = new ArrayList<>();
        for (int i = 0; i < ps.length; i++) {
            computed.add(difference(others.get(i), measure, ps[i], corrected[i]));
        }
        return List.copyOf(computed);
    }

    private Difference difference(Scores system, Measure measure, double p, double corrected) {
        double[] each = differences(system, measure);
        return new Difference(
                system.name(),
                measure,
                system.mean(measure),
                system.mean(measure) - baseline.mean(measure),
                test.interval(each, LEVEL),
                p,
                corrected,
                PairedTest.tTest(each),
                (int) Arrays.stream(each).filter(d -> d > 0).count(),
                (int) Arrays.stream(each).filter(d -> d < 0).count());
    }

    private double[] differences(Scores system, Measure measure) {
        return queryDifferences(system, measure).stream()
                .mapToDouble(QueryDifference::difference)
                .toArray();
    }

    /**
     * A system against the baseline query by query, from the largest loss to the largest gain, equal ones by query id.
     *
     * @throws IllegalArgumentException if no system has that name or it was not measured so
     */
    public List<QueryDifference> queryDifferences(String name, Measure measure) {
        List<QueryDifference> differences = new ArrayList<>(queryDifferences(named(name), measure));
        differences.sort(Comparator.comparingDouble(QueryDifference::difference)
                .thenComparing(QueryDifference::query));
        return differences;
    }

    private List<QueryDifference> queryDifferences(Scores system, Measure measure) {
        var before = baseline.values(measure);
        List<QueryDifference> differences = new ArrayList<>();
        system.values(measure)
                .forEach((query, value) -> differences.add(
                        new QueryDifference(query, before.getOrDefault(query, 0.0), value)));
        return differences;
    }
}
