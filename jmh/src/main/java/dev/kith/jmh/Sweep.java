package dev.kith.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures one rival at each value of ef. Rivals take turns: each round is one pass over all queries, and the rounds of
 * different rivals are interleaved, so that a change of the machine's mood meets all of them.
 */
final class Sweep {
    private static final int K = 10;

    private final String name;
    private final Rival rival;
    private final DataSet data;
    private final int[] efs;
    private final int first;
    private final double[] recalls;
    private final long[][] fastest;
    private final List<double[]> seconds = new ArrayList<>();

    /**
     * What was measured at one value of ef.
     *
     * @param best queries per second if each query took as long as in its fastest pass
     * @param median the median over the rounds of queries per second
     */
    record Point(int ef, double recall, double best, double median) {}

    Sweep(String name, Rival rival, DataSet data, int[] efs) throws Exception {
        this.name = name;
        this.rival = rival;
        this.data = data;
        this.efs = efs;
        first = (int) Arrays.stream(efs).filter(ef -> ef < rival.leastEf(K)).count();
        recalls = new double[efs.length];
        fastest = new long[efs.length][data.queries().length];
        for (int e = first; e < efs.length; e++) {
            Arrays.fill(fastest[e], Long.MAX_VALUE);
            recalls[e] = recall(efs[e]);
        }
        double widest = recalls[efs.length - 1];
        if (widest < 0.5) {
            throw new IllegalStateException(name + " finds nothing: recall " + widest);
        }
    }

    private double recall(int ef) throws Exception {
        double sum = 0;
        for (int query = 0; query < data.queries().length; query++) {
            sum += data.recall(query, rival.search(query, K, ef), K);
        }
        return sum / data.queries().length;
    }

    String name() {
        return name;
    }

    /** Begins another round. */
    void begin() {
        seconds.add(new double[efs.length]);
    }

    /**
     * One pass over all queries at one value of ef, which counts for the round begun last. A rival that does not take such an ef
     * runs with its least one and is not measured: if it paused, the others would find their indexes in the processor's caches.
     */
    void pass(int e) throws Exception {
        if (e < first) {
            for (int query = 0; query < data.queries().length; query++) {
                rival.search(query, K, efs[first]);
            }
            return;
        }
        long[] times = fastest[e];
        long begin = System.nanoTime();
        long before = begin;
        for (int query = 0; query < times.length; query++) {
            rival.search(query, K, efs[e]);
            long now = System.nanoTime();
            times[query] = Math.min(times[query], now - before);
            before = now;
        }
        seconds.getLast()[e] = (before - begin) / 1e9;
    }

    /** Forgets the rounds so far, which were there to warm up. */
    void forget() {
        seconds.clear();
        for (long[] times : fastest) {
            Arrays.fill(times, Long.MAX_VALUE);
        }
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int e = first; e < efs.length; e++) {
            int at = e;
            double[] rounds =
                    seconds.stream().mapToDouble(round -> round[at]).sorted().toArray();
            int queries = fastest[e].length;
            points.add(new Point(
                    efs[e],
                    recalls[e],
                    queries * 1e9 / Arrays.stream(fastest[e]).sum(),
                    queries / rounds[rounds.length / 2]));
        }
        return points;
    }

    /**
     * Queries per second at a recall, between the two points around it: linear in recall, logarithmic in speed.
     *
     * @return negative if even the first point has a higher recall: at least that many; NaN if none reaches it
     */
    double speedAt(double recall, boolean median) {
        Point last = null;
        for (Point point : points()) {
            double speed = median ? point.median() : point.best();
            if (point.recall() >= recall) {
                if (last == null) {
                    return -speed;
                }
                double before = median ? last.median() : last.best();
                double share = (recall - last.recall()) / (point.recall() - last.recall());
                return before * Math.pow(speed / before, share);
            }
            last = point;
        }
        return Double.NaN;
    }
}
