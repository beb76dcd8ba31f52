package dev.kith.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A finished benchmark.
 *
 * @param title what was measured, in a few words
 * @param facts everything that was the same for all rows, in the order in which it is shown
 * @param effortName what the family calls its effort: {@code ef}
 * @param rows one per effort
 */
public record BenchReport(
        String title,
        SequencedMap<String, String> facts,
        String effortName,
        List<Measurement> rows) {
    /** How each figure comes about, for whoever reads the report. */
    static final Map<String, String> DEFINITIONS = Map.of(
            "recall",
            "mean share of a query's k exact neighbours that the search returned, by row number: a"
                    + " row at the same distance as the k-th but not in the truth is a miss",
            "qps",
            "queries a second of one thread, in the pass of median duration",
            "qps_best",
            "queries divided by the sum of each query's fastest latency over the passes: less"
                    + " disturbed by other work on the machine, and optimistic",
            "p50",
            "median latency over all queries and passes, nearest rank",
            "p99",
            "99th percentile of latency over all queries and passes, nearest rank",
            "busy",
            "share of the measured time in which the searching thread had a processor; far below 1"
                    + " other work was in the way, and only recall, distances and hops can be relied"
                    + " on");

    /** Copies the rows. */
    public BenchReport {
        rows = List.copyOf(rows);
    }
}
