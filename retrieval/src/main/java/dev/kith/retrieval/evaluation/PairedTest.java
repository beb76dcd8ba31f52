package dev.kith.retrieval.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether two systems differ on the same queries by more than chance. Differences are {@code b - a}, one a query. Immutable;
 * the same seed gives the same answer.
 *
 * @param seed of all random choices
 * @param rounds how many random rounds the randomisation test and the bootstrap make, at least 1
 */
public record PairedTest(long seed, int rounds) {
    /** 10,000 rounds. */
    public static final PairedTest DEFAULT = new PairedTest(42, 10_000);

    /** Up to so many differences that are not zero, all signs are tried instead of random ones. */
    private static final int EXACT = 13;

    private static final double ROUNDING = 1e-12;

    /** @throws IllegalArgumentException if rounds is below 1 */
    public PairedTest {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be positive: " + rounds);
        }
    }

    /**
     * Bounds of a mean.
     *
     * @param low the lower bound
     * @param high the upper bound
     */
    public record Interval(double low, double high) {}

    /**
     * The two-sided p-value of the randomisation test (Fisher; Smucker, Allan, Carterette, CIKM 2007): how often a mean at least
     * as far from zero comes about if each query's two values are swapped at random. All swaps are tried where they are few;
     * else the observed one counts as one of {@code rounds + 1}, so that the p-value is never 0.
     *
     * @return a value in (0, 1]
     */
    public double randomisation(double[] differences) {
        double[] moving = Arrays.stream(differences).filter(d -> d != 0).toArray();
        double observed = Math.abs(Arrays.stream(moving).sum()) - ROUNDING;
        if (moving.length <= EXACT) {
            long all = 1L << moving.length;
            long extreme = 0;
            for (long signs = 0; signs < all; signs++) {
                extreme += Math.abs(signed(moving, signs)) >= observed ? 1 : 0;
            }
            return (double) extreme / all;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int extreme = 1;
        for (int round = 0; round < rounds; round++) {
            double sum = 0;
            for (int from = 0; from < moving.length; from += Long.SIZE) {
                sum += signed(moving, from, random.nextLong());
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        return (double) extreme / (rounds + 1);
    }

    private static double signed(double[] values, long signs) {
        return signed(values, 0, signs);
    }

    private static double signed(double[] values, int from, long signs) {
        double sum = 0;
        int to = Math.min(values.length, from + Long.SIZE);
        for (int i = from; i < to; i++) {
            sum += (signs >>> (i - from) & 1) == 0 ? values[i] : -values[i];
        }
        return sum;
    }

    /**
     * The bounds between which the mean of the differences lies with a probability, by the percentile bootstrap (Efron 1979):
     * the mean of as many differences, drawn with replacement, many times.
     *
     * @param level in (0, 1), such as 0.95
     * @throws IllegalArgumentException if there is no difference or level is out of range
     */
    public Interval interval(double[] differences, double level) {
        if (differences.length == 0 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("an interval needs differences and a level in"
                    + " (0, 1), found " + differences.length + " and " + level);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[round] = sum / differences.length;
        }
        Arrays.sort(means);
        double tail = (1 - level) / 2;
        int low = (int) Math.floor(tail * (rounds - 1));
        return new Interval(means[low], means[rounds - 1 - low]);
    }

    /**
     * The two-sided p-value of Student's paired t-test, which takes differences for normally distributed.
     *
     * @return a value in [0, 1]; 1 if all differences are zero or there are fewer than two
     */
    public static double tTest(double[] differences) {
        int n = differences.length;
        double mean = Arrays.stream(differences).average().orElse(0);
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        if (n < 2 || mean == 0) {
            return 1;
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        // Equal differences leave rounding alone as their spread.
        if (error <= ROUNDING * Math.abs(mean)) {
            return 0;
        }
        double t = mean / error;
        return StudentT.twoSided(t, n - 1);
    }

    /**
     * Holm's correction of p-values for being several (Scandinavian Journal of Statistics 1979): if those below a threshold
     * count as differences, the chance that any of them is none stays below the threshold.
     *
     * @return corrected p-values, in the order given, each at least as large as before and at most 1
     */
    public static double[] holm(double[] ps) {
        int[] order = IntStream.range(0, ps.length)
                .boxed()
                .sorted((a, b) -> Double.compare(ps[a], ps[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] corrected = new double[ps.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (order.length - i) * ps[order[i]]));
            corrected[order[i]] = largest;
        }
        return corrected;
    }
}
