package dev.kith.cli.bench;

import dev.kith.Cost;
import dev.kith.Progress;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures an index with one thread. First the efforts are tried in turn until the warm-up time is over, each at least
 * once with every query, which also yields recall and cost: they do not depend on time. Then each pass searches every
 * query once with every effort, so that a machine that grows slower or faster does so for all efforts alike, and the
 * latency of each search is recorded. Nothing else happens on the thread between two searches.
 */
public final class Benchmark {
    private final VectorIndex index;
    private final int[][] truth;
    private final int k;
    private final float[][] queries;

    /**
     * @param truth for each query its exact neighbours, nearest first, at least k of them
     * @throws IllegalArgumentException if queries, truth, index and k do not belong together
     */
    public Benchmark(VectorIndex index, Vectors queries, int[][] truth, int k) {
        if (k < 1 || k > index.size()) {
            throw new IllegalArgumentException(
                    "k must be in [1, " + index.size() + "], the number of rows: " + k);
        }
        if (queries.size() == 0) {
            throw new IllegalArgumentException("no queries");
        }
        this.index = index;
        this.truth = truth;
        this.k = k;
        this.queries = new float[queries.size()][];
        for (int i = 0; i < this.queries.length; i++) {
            this.queries[i] = queries.row(i);
        }
        checkTruth();
    }

    private void checkTruth() {
        if (truth.length < queries.length) {
            throw new IllegalArgumentException("the truth has " + truth.length
                    + " rows, fewer than the " + queries.length + " queries");
        }
        for (int i = 0; i < queries.length; i++) {
            if (truth[i].length < k) {
                throw new IllegalArgumentException("the truth of query " + i + " has "
                        + truth[i].length + " neighbours, fewer than k, which is " + k);
            }
            for (int j = 0; j < k; j++) {
                if (truth[i][j] < 0 || truth[i][j] >= index.size()) {
                    throw new IllegalArgumentException("the truth of query " + i + " names row "
                            + truth[i][j] + ", but the base has " + index.size() + " rows");
                }
            }
        }
    }

    /**
     * Measures each effort.
     *
     * @param passes how often every query is timed with every effort, at least 1
     * @param warmUpSeconds how long to search before anything is timed
     * @param progress hears of passes, never in the middle of one
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<Measurement> measure(
            List<Integer> efforts, int passes, double warmUpSeconds, Progress progress)
            throws InterruptedException {
        if (passes < 1) {
            throw new IllegalArgumentException("passes must be positive: " + passes);
        }
        List<Setting> settings = new ArrayList<>();
        for (int effort : efforts) {
            settings.add(new Setting(effort, passes));
        }
        warmUp(settings, warmUpSeconds, progress);
        int steps = passes * settings.size();
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < settings.size(); i++) {
                settings.get(i).timedPass(pass);
                progress.update("measure", pass * settings.size() + i + 1L, steps);
            }
        }
        return settings.stream().map(Setting::measurement).toList();
    }

    private static void warmUp(List<Setting> settings, double seconds, Progress progress)
            throws InterruptedException {
        long start = System.nanoTime();
        double elapsed = 0;
        for (int i = 0; i < settings.size() || elapsed < seconds; i++) {
            settings.get(i % settings.size()).countingPass();
            elapsed = (System.nanoTime() - start) / 1e9;
            progress.update("warm up", i + 1L, -1);
        }
    }

    /** One effort, its requests and what was recorded. */
    private final class Setting {
        private final int effort;
        private final SearchRequest[] requests;
        private final long[][] nanos;
        private final Searcher searcher = index.searcher();
        private long found;
        private long wallNanos;
        private long cpuNanos;
        private Cost cost = new Cost(0, 0, 0);

        Setting(int effort, int passes) {
            this.effort = effort;
            this.requests = new SearchRequest[queries.length];
            Arrays.setAll(requests, i -> SearchRequest.of(queries[i], k).withEffort(effort));
            this.nanos = new long[passes][queries.length];
        }

        /** Searches every query once, untimed, and counts what it found and cost. */
        void countingPass() throws InterruptedException {
            found = 0;
            cost = new Cost(0, 0, 0);
            for (int i = 0; i < requests.length; i++) {
                stopIfInterrupted();
                SearchResult result = searcher.search(requests[i]);
                found += common(result.rows(), truth[i]);
                cost = cost.plus(result.cost());
            }
        }

        void timedPass(int pass) throws InterruptedException {
            long[] record = nanos[pass];
            long cpuStart = Machine.threadCpuNanos();
            long wallStart = System.nanoTime();
            for (int i = 0; i < requests.length; i++) {
                stopIfInterrupted();
                long start = System.nanoTime();
                searcher.search(requests[i]);
                record[i] = System.nanoTime() - start;
            }
            wallNanos += System.nanoTime() - wallStart;
            cpuNanos += Machine.threadCpuNanos() - cpuStart;
        }

        private int common(int[] rows, int[] exact) {
            int common = 0;
            for (int row : rows) {
                for (int j = 0; j < k; j++) {
                    common += exact[j] == row ? 1 : 0;
                }
            }
            return common;
        }

        Measurement measurement() {
            double count = queries.length;
            return new Measurement(
                    effort,
                    found / (count * k),
                    count * 1e9 / Latencies.medianPass(nanos),
                    count * 1e9 / Latencies.fastestOfEach(nanos),
                    Latencies.quantile(nanos, 0.50) / 1e3,
                    Latencies.quantile(nanos, 0.99) / 1e3,
                    cpuNanos > 0 ? Math.min(1, (double) cpuNanos / wallNanos) : Double.NaN,
                    cost.distances() / count,
                    cost.hops() / count);
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
