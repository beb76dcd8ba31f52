package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.Cost;
import dev.kith.Metric;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Calibrator;
import dev.kith.hnsw.graph.Crew;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Selection;
import dev.kith.hnsw.graph.VisitedSet;
import dev.kith.spi.Encoding;
import dev.kith.spi.NearestRows;
import dev.kith.spi.Scorer;
import dev.kith.spi.SortedKeys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a quantised graph grows. It doubles: the rows of the second half are searched in the graph of the first, choose
 * their neighbours among what they found, and are linked back; at the end every row is searched once more in the graph of
 * all. Both use the codes that the finished graph is searched with, which makes a search several times cheaper than one that
 * computes distances, and every expanded node yields an exact distance to choose by.
 *
 * <p>Each step reads what the step before has finished, and writes nothing that another task of the same step reads: so
 * the graph does not depend on the number of threads (prefix doubling: Manohar et al., "ParlayANN", PPoPP 2024).
 *
 * <p>Here a node is a place in the order of insertion.
 */
final class GraphGrowth {
    /** Up to so many rows all distances are computed. */
    private static final int SEED_ROWS = 256;

    /**
     * So many rows are linked by one thread: the first ones meet code that the JVM is still compiling, and a thread more would
     * not bring the end of that any nearer.
     */
    private static final int FEW_ROWS = 2 * SEED_ROWS;

    /**
     * A search for neighbours ends when the next node is estimated to be farther by this share than as many found as a node has
     * places: rows that have their neighbours close by are done long before the others.
     */
    private static final float SLACK = 0.3f;

    /**
     * What the search for a row's neighbours costs.
     *
     * @param expanded nodes at most
     * @param kept candidates, of which more are kept than expanded: for the links that lead far, those that are not worth
     *     expanding are as good
     */
    private record Effort(int expanded, int kept) {
        /** While the graph grows a third does, since all are linked once more at the end. */
        static Effort early(int efConstruction) {
            int expanded = Math.ceilDiv(efConstruction, 3);
            return new Effort(expanded, 2 * expanded);
        }

        static Effort last(int efConstruction) {
            return new Effort(efConstruction, efConstruction + efConstruction / 2);
        }
    }

    private final GrowingGraph graph;
    private final QgSpec spec;
    private final BuildContext context;
    private final int size;

    /** Each node's links, sorted by distance. */
    private final long[][] links;

    /** What each node of a round chose. */
    private final long[][] chosen;

    /** @param graph without links */
    GraphGrowth(GrowingGraph graph, QgSpec spec, BuildContext context) {
        this.graph = graph;
        this.spec = spec;
        this.context = context;
        size = graph.size();
        links = graph.links();
        chosen = new long[size][];
    }

    /** What a thread keeps from task to task. */
    private final class Scratch implements CodedWalk.Visitor {
        final Scorer scorer = graph.scorer();
        final Selection selection = new Selection(factor(), spec.degree());
        final GrowingGraph.Writer writer = graph.writer();
        final float[] row = new float[graph.rows().dimension()];
        final int[] rows = new int[Effort.last(spec.efConstruction()).kept()];
        final float[] distances = new float[rows.length];
        final VisitedSet met = new VisitedSet(size);
        final SortedKeys nearest = new SortedKeys();
        final CodedWalk walk;
        long[] candidates = new long[256];
        int count;

        Scratch(CodedWalk.Graph walked) {
            walk = new CodedWalk(walked);
        }

        void begin(int node) {
            nearest.reset(spec.degree());
            met.clear();
            met.add(node);
            count = 0;
        }

        @Override
        public void expanded(int node, float distance) {
            nearest.insert(NearestRows.key(distance, node));
            add(Keys.of(distance, node));
        }

        @Override
        public float limit() {
            long last = nearest.last();
            return last == Long.MAX_VALUE
                    ? Float.POSITIVE_INFINITY
                    : CodedSearch.beyond(NearestRows.distance(last), SLACK);
        }

        /** Adds a candidate unless it is there: rounding may give the distance of two nodes a second value. */
        void add(long key) {
            if (!met.add(Keys.node(key))) {
                return;
            }
            if (count == candidates.length) {
                candidates = Arrays.copyOf(candidates, 2 * count);
            }
            candidates[count++] = key;
        }

        /** Adds what the walk kept without expanding it, up to {@code kept} in all, with exact distances. */
        void addLeft(int kept) {
            int left = walk.left(Float.POSITIVE_INFINITY, rows, Math.max(kept - walk.takes(), 0));
            walk.distances(rows, left, distances);
            for (int i = 0; i < left; i++) {
                add(Keys.of(distances[i], rows[i]));
            }
        }

        void addAll(long[] keys) {
            for (long key : keys) {
                add(key);
            }
        }

        /** The neighbours chosen among the candidates. */
        long[] choose() {
            Arrays.sort(candidates, 0, count);
            int taken = selection.choose(null, scorer, candidates, count, spec.degree());
            return Arrays.copyOf(candidates, taken);
        }
    }

    private float factor() {
        return spec.metric() == Metric.DOT_PRODUCT ? 1 : (float) (spec.alpha() * spec.alpha());
    }

    /**
     * Grows the graph of all rows. The last ones are held out until the graph of the others is finished, and tell how well it
     * finds what it does not know.
     *
     * @param targets what the rows are to be encoded in at the end
     * @return for each target
     */
    List<Calibration> grow(List<Encoding> targets) throws InterruptedException {
        int heldOut = Calibrator.queries(size);
        int known = size - heldOut;
        Effort early = Effort.early(spec.efConstruction());
        Effort last = Effort.last(spec.efConstruction());
        int done = Math.min(known, SEED_ROWS);
        seed(done);
        while (done < known) {
            int to = (int) Math.min(known, 2L * done);
            round(done, to, done, early);
            done = to;
            context.progress().update("link rows", done, 2L * size);
        }
        if (known > SEED_ROWS) {
            round(0, known, known, last);
        }
        List<Calibration> calibrations = new ArrayList<>();
        for (Encoding target : targets) {
            calibrations.add(heldOut > 0 ? calibrate(known, target) : Calibration.NONE);
        }
        if (heldOut > 0) {
            round(known, size, known, last);
        }
        context.progress().update("link rows", 2L * size, 2L * size);
        return calibrations;
    }

    private Calibration calibrate(int known, Encoding target) throws InterruptedException {
        context.progress().update("calibrate", 0, (long) size - known);
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        CodedWalk.Graph walked = graph.walked(known, target, context);
        return new Calibrator(order, known, 0, context)
                .calibrate(graph::scorer, () -> search(walked));
    }

    private Calibrator.Search search(CodedWalk.Graph walked) {
        CodedWalk walk = new CodedWalk(walked);
        CodedSearch search = new CodedSearch(walk);
        float[] query = new float[graph.rows().dimension()];
        return (node, effort, k) -> {
            graph.rows().read(node, query, 0);
            walk.query(query);
            search.search(effort, k);
            return search.result(new Cost(0, 0, 0)).rows();
        };
    }

    /** Links the first rows, each after comparing it with all others of them. */
    private void seed(int count) throws InterruptedException {
        Crew<Scratch> crew = crew(0, count);
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        crew.run(count, (scratch, node) -> {
            float[] distances = new float[count];
            scratch.scorer.query(node);
            scratch.scorer.distances(all, count, distances);
            scratch.begin(node);
            for (int i = 0; i < count; i++) {
                scratch.add(Keys.of(distances[i], i));
            }
            chosen[node] = scratch.choose();
        });
        linkBack(crew, 0, count);
    }

    /** Searches rows in the graph of the first {@code known} and links them. */
    private void round(int from, int to, int known, Effort effort) throws InterruptedException {
        Crew<Scratch> crew = crew(known, to);
        crew.run(to - from, (scratch, i) -> {
            int node = from + i;
            scratch.begin(node);
            graph.rows().read(node, scratch.row, 0);
            scratch.walk.query(scratch.row);
            scratch.walk.walk(effort.expanded(), effort.kept(), scratch);
            scratch.addLeft(effort.kept());
            if (links[node] != null) {
                scratch.addAll(links[node]);
            }
            chosen[node] = scratch.choose();
        });
        linkBack(crew, from, to);
    }

    /**
     * Those who search the graph of the first {@code known}.
     *
     * @param linked how many rows are in the graph when they are done
     */
    private Crew<Scratch> crew(int known, int linked) {
        CodedWalk.Graph walked = graph.walked(known);
        int threads = linked <= FEW_ROWS ? 1 : context.threads();
        return new Crew<>(threads, () -> new Scratch(walked));
    }

    /** Links the nodes that were chosen back to those that chose them, and writes the records of all that changed. */
    private void linkBack(Crew<Scratch> crew, int from, int to) throws InterruptedException {
        ReverseLinks reverse = ReverseLinks.of(chosen, from, to, size);
        crew.run(size, (scratch, node) -> {
            long[] own = chosen[node] != null ? chosen[node] : links[node];
            int begin = reverse.begin(node);
            int end = reverse.begin(node + 1);
            if (own == null || (begin == end && chosen[node] == null)) {
                return;
            }
            scratch.begin(node);
            scratch.addAll(own);
            for (int i = begin; i < end; i++) {
                scratch.add(reverse.key(i));
            }
            links[node] = scratch.choose();
            scratch.writer.write(node);
        });
        Arrays.fill(chosen, null);
    }
}
