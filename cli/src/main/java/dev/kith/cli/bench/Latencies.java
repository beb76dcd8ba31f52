package dev.kith.cli.bench;

import java.util.Arrays;

/** Sums up recorded latencies: {@code nanos[pass][query]}, every pass with the same queries. */
final class Latencies {
    private Latencies() {}

    /** The duration of the median pass, of two middle ones the longer. */
    static long medianPass(long[][] nanos) {
        long[] passes = Arrays.stream(nanos)
                .mapToLong(pass -> Arrays.stream(pass).sum())
                .sorted()
                .toArray();
        return Math.max(1, passes[passes.length / 2]);
    }

    /** The duration of a pass in which each query takes the time of its fastest pass. */
    static long fastestOfEach(long[][] nanos) {
        long sum = 0;
        for (int query = 0; query < nanos[0].length; query++) {
            long fastest = Long.MAX_VALUE;
            for (long[] pass : nanos) {
                fastest = Math.min(fastest, pass[query]);
            }
            sum += fastest;
        }
        return Math.max(1, sum);
    }

    /** The smallest latency that at least this share of all searches do not exceed (nearest rank). */
    static long quantile(long[][] nanos, double share) {
        long[] sorted =
                Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
