package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.Cost;
import dev.kith.Vectors;
import dev.kith.spi.NearestRows;
import dev.kith.spi.Scorer;
import dev.kith.spi.Workers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures which recall each effort reaches. The queries are rows that are held out until the graph of all others is
 * finished: rows that are in a graph find themselves and their neighbours far too easily.
 */
final class Calibrator {
    private static final int MAX_QUERIES = 256;
    private static final int MIN_NODES = 2048;
    private static final int QUERIES_OF_A_TASK = 32;
    private static final int ROWS_AT_ONCE = 64;
    private static final int[] KS = {1, 10, 100};

    /** Efforts, as multiples of k or of ten if that is more. */
    private static final double[] STEPS = {
        1, 1.2, 1.5, 1.9, 2.4, 3, 3.8, 4.8, 6, 7.6, 9.6, 12, 15, 19, 24, 30, 38, 48, 60
    };

    private static final double ENOUGH = 0.9995;

    private final CodedWalk.Graph graph;
    private final Vectors rows;
    private final int known;
    private final BuildContext context;
    private final int queries;
    private final int[][] truth;

    /**
     * @param graph of the first {@code known} rows
     * @param rows in the order of the graph's nodes; those from {@code known} on are the queries
     */
    Calibrator(CodedWalk.Graph graph, Vectors rows, int known, BuildContext context) {
        this.graph = graph;
        this.rows = rows;
        this.known = known;
        this.context = context;
        queries = rows.size() - known;
        truth = new int[queries][];
    }

    /** How many of so many rows are held out. */
    static int queries(int size) {
        return size < MIN_NODES ? 0 : Math.min(MAX_QUERIES, size / 16);
    }

    /**
     * Measures.
     *
     * @param exact scores any row exactly; a new one for each query
     */
    Calibration calibrate(Supplier<Scorer> exact) throws InterruptedException {
        findTruth(exact);
        List<Calibration.Curve> curves = new ArrayList<>();
        for (int k : KS) {
            curves.add(curve(k));
        }
        return new Calibration(curves);
    }

    /** The nearest rows of each query. Some queries share a pass, so that rows are read from the cache for most of them. */
    private void findTruth(Supplier<Scorer> exact) throws InterruptedException {
        int deepest = KS[KS.length - 1];
        int tasks = Math.ceilDiv(queries, QUERIES_OF_A_TASK);
        Workers.run(context.threads(), tasks, () -> task -> {
            int from = task * QUERIES_OF_A_TASK;
            int count = Math.min(QUERIES_OF_A_TASK, queries - from);
            Scorer[] scorers = new Scorer[count];
            NearestRows[] nearest = new NearestRows[count];
            for (int i = 0; i < count; i++) {
                scorers[i] = exact.get();
                scorers[i].query(known + from + i);
                nearest[i] = new NearestRows();
                nearest[i].reset(deepest);
            }
            int[] batch = new int[ROWS_AT_ONCE];
            float[] distances = new float[ROWS_AT_ONCE];
            for (int row = 0; row < known; row += ROWS_AT_ONCE) {
                int rowCount = Math.min(ROWS_AT_ONCE, known - row);
                for (int i = 0; i < rowCount; i++) {
                    batch[i] = row + i;
                }
                for (int q = 0; q < count; q++) {
                    scorers[q].distances(batch, rowCount, distances);
                    for (int i = 0; i < rowCount; i++) {
                        nearest[q].offer(distances[i], batch[i]);
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                truth[from + i] = nearest[i].result(new Cost(0, 0, 0)).rows();
            }
        });
    }

    private Calibration.Curve curve(int k) throws InterruptedException {
        List<Integer> efforts = new ArrayList<>();
        List<Double> recalls = new ArrayList<>();
        double best = 0;
        for (int i = 0; i < STEPS.length && best < ENOUGH; i++) {
            int effort = (int) (Math.max(k, 10) * STEPS[i]);
            if (effort > QgSearcher.MAX_POOL) {
                break;
            }
            best = Math.max(best, recall(k, effort));
            efforts.add(effort);
            recalls.add(best);
        }
        return new Calibration.Curve(
                k,
                efforts.stream().mapToInt(Integer::intValue).toArray(),
                recalls.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double recall(int k, int effort) throws InterruptedException {
        int[] hits = new int[queries];
        Workers.run(context.threads(), queries, () -> {
            CodedWalk walk = new CodedWalk(graph);
            CodedSearch search = new CodedSearch(walk);
            float[] query = new float[rows.dimension()];
            return i -> {
                rows.read(known + i, query, 0);
                walk.query(query);
                NearestRows nearest = search.search(effort, k);
                BitSet wanted = new BitSet();
                for (int j = 0; j < k; j++) {
                    wanted.set(truth[i][j]);
                }
                for (int node : nearest.result(new Cost(0, 0, 0)).rows()) {
                    hits[i] += wanted.get(node) ? 1 : 0;
                }
            };
        });
        long sum = 0;
        for (int hit : hits) {
            sum += hit;
        }
        return (double) sum / ((long) k * queries);
    }
}
