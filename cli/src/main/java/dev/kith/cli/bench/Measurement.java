package dev.kith.cli.bench;

/**
 * What one effort gave.
 *
 * @param effort the effort of every search
 * @param recall the mean share of the k exact neighbours that were found, in [0, 1]
 * @param qps queries a second of the median pass
 * @param bestQps queries a second if each query took the time of its fastest pass: less disturbed by a noisy machine, and
 *     so an optimistic figure
 * @param p50Micros the median latency over all queries and passes, in microseconds
 * @param p99Micros the latency that one search in a hundred exceeds, in microseconds
 * @param busy the share of the measured time in which the thread had a processor, in [0, 1]; far below 1 other work was in
 *     the way and speeds mean little; NaN if the JVM cannot tell
 * @param distances the mean number of distances computed by a search
 * @param hops the mean number of nodes, lists or pages visited by a search
 */
public record Measurement(
        int effort,
        double recall,
        double qps,
        double bestQps,
        double p50Micros,
        double p99Micros,
        double busy,
        double distances,
        double hops) {}
