package dev.kith.hnsw.graph;

import dev.kith.BuildContext;
import dev.kith.Cost;
import dev.kith.spi.NearestRows;
import dev.kith.spi.Scorer;
import dev.kith.spi.Workers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures which recall each effort reaches. The queries are rows that are held out until the graph of all others is
 * finished: rows that are in a graph find themselves and their neighbours far too easily.
 */
public final class Calibrator {
    private static final int MAX_QUERIES = 256;
    private static final int MIN_NODES = 2048;
    private static final int QUERIES_OF_A_TASK = 32;
    private static final int ROWS_AT_ONCE = 64;
    private static final int[] KS = {1, 10, 100};

    /** Efforts, as multiples of k or of ten if that is more. */
    private static final double[] STEPS = {
        0.4, 0.6, 0.8, 1, 1.2, 1.5, 1.9, 2.4, 3, 3.8, 4.8, 6, 7.6, 9.6, 12, 15, 19, 24, 30, 38, 48,
        60
    };

    private static final double ENOUGH = 0.9995;

    /** Up to here a walk has one sorted queue. Whoever wants more than it finds gets twice the greatest effort. */
    private static final int MAX_EFFORT = 1024;

    /** How a thread searches the graph. */
    @FunctionalInterface
    public interface Search {
        /** The nodes found for a node that is not in the graph yet, at most k of them. */
        int[] nearest(int query, int effort, int k);
    }

    private final int[] known;
    private final int[] queries;
    private final int[][] truth;
    private final double least;
    private final BuildContext context;

    /**
     * @param order the nodes in the order of insertion
     * @param known how many of them are in the graph; the others are the queries
     * @param least below so many times k an effort is not tried
     */
    public Calibrator(int[] order, int known, double least, BuildContext context) {
        this.least = least;
        this.known = Arrays.copyOf(order, known);
        Arrays.sort(this.known);
        queries = Arrays.copyOfRange(order, known, order.length);
        truth = new int[queries.length][];
        this.context = context;
    }

    /** How many of so many nodes are held out. */
    public static int queries(int size) {
        return size < MIN_NODES ? 0 : Math.min(MAX_QUERIES, size / 16);
    }

    /**
     * Measures.
     *
     * @param exact scores any node exactly; a new one for each query
     * @param searches a new one for each thread
     */
    public Calibration calibrate(Supplier<Scorer> exact, Supplier<Search> searches)
            throws InterruptedException {
        findTruth(exact);
        List<Calibration.Curve> curves = new ArrayList<>();
        for (int k : KS) {
            curves.add(curve(k, searches));
        }
        return new Calibration(curves);
    }

    /** The nearest nodes of each query. Some queries share a pass, so that rows are read from the cache for most of them. */
    private void findTruth(Supplier<Scorer> exact) throws InterruptedException {
        int tasks = Math.ceilDiv(queries.length, QUERIES_OF_A_TASK);
        Workers.run(context.threads(), tasks, () -> task -> {
            int from = task * QUERIES_OF_A_TASK;
            findTruth(exact, from, Math.min(queries.length, from + QUERIES_OF_A_TASK));
        });
    }

    private void findTruth(Supplier<Scorer> exact, int from, int to) {
        Scorer[] scorers = new Scorer[to - from];
        NearestRows[] nearest = new NearestRows[to - from];
        for (int i = 0; i < scorers.length; i++) {
            scorers[i] = exact.get();
            scorers[i].query(queries[from + i]);
            nearest[i] = new NearestRows();
            nearest[i].reset(KS[KS.length - 1]);
        }
        float[] distances = new float[ROWS_AT_ONCE];
        for (int at = 0; at < known.length; at += ROWS_AT_ONCE) {
            int[] batch = Arrays.copyOfRange(known, at, Math.min(known.length, at + ROWS_AT_ONCE));
            for (int q = 0; q < scorers.length; q++) {
                scorers[q].distances(batch, batch.length, distances);
                for (int i = 0; i < batch.length; i++) {
                    nearest[q].offer(distances[i], batch[i]);
                }
            }
        }
        for (int i = 0; i < scorers.length; i++) {
            truth[from + i] = nearest[i].result(new Cost(0, 0, 0)).rows();
        }
    }

    private Calibration.Curve curve(int k, Supplier<Search> searches) throws InterruptedException {
        List<Integer> efforts = new ArrayList<>();
        List<Double> recalls = new ArrayList<>();
        double best = 0;
        for (int i = 0; i < STEPS.length && best < ENOUGH; i++) {
            int effort = (int) (Math.max(k, 10) * STEPS[i]);
            if (STEPS[i] < least) {
                continue;
            }
            if (effort > MAX_EFFORT) {
                break;
            }
            best = Math.max(best, recall(k, effort, searches));
            efforts.add(effort);
            recalls.add(best);
        }
        return new Calibration.Curve(
                k,
                efforts.stream().mapToInt(Integer::intValue).toArray(),
                recalls.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double recall(int k, int effort, Supplier<Search> searches)
            throws InterruptedException {
        int[] hits = new int[queries.length];
        Workers.run(context.threads(), queries.length, () -> {
            Search search = searches.get();
            return i -> {
                BitSet wanted = new BitSet();
                for (int j = 0; j < k; j++) {
                    wanted.set(truth[i][j]);
                }
                for (int node : search.nearest(queries[i], effort, k)) {
                    hits[i] += wanted.get(node) ? 1 : 0;
                }
            };
        });
        return (double) Arrays.stream(hits).sum() / ((long) k * queries.length);
    }
}
