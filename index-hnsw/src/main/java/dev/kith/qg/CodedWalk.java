package dev.kith.qg;

import dev.kith.hnsw.graph.KeyHeap;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Pool;
import dev.kith.hnsw.graph.VisitedSet;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.BlockEstimator;
import dev.kith.spi.Encoding;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks a quantised graph towards a query. Expanding a node reads its record from front to back: the row gives the exact
 * distance, the codes give an estimate of the distance of each neighbour, and only those estimated to be among the best are
 * looked at further. Scratch for one thread.
 *
 * <p>The queue holds estimates, the result exact distances. A neighbour may be estimated several times, from different
 * nodes, and enter the queue each time; it is expanded once.
 */
final class CodedWalk {
    /** How many of the entries the walk begins with. */
    private static final int STARTS = 4;

    private static final int LINE = 64;

    private final Graph graph;
    private final Scorer scorer;
    private final BlockEstimator estimator;
    private final BlockEstimator entryEstimator;
    private final VisitedSet expanded;
    private final Pool pool = new Pool();
    private final Pool starts = new Pool();
    private final KeyHeap frontier = new KeyHeap();
    private final KeyHeap best = new KeyHeap();
    private long hops;

    @SuppressWarnings("UnusedVariable") // written so that the reads are not optimised away
    private int touched;

    /**
     * What is walked.
     *
     * @param name the file's, for messages
     * @param nodes records as {@code layout} says
     * @param entries records of entry points, as {@code entryLayout} says
     */
    record Graph(
            String name,
            BlockCodes codes,
            Encoding encoding,
            NodeLayout layout,
            Records nodes,
            NodeLayout entryLayout,
            Records entries) {
        int size() {
            return nodes.count();
        }
    }

    /** Told of each node that is expanded, with its exact distance. */
    interface Visitor {
        void expanded(int node, float distance);

        /** The distance beyond which nothing is of interest any more; asked after each node. */
        default float limit() {
            return Float.POSITIVE_INFINITY;
        }
    }

    CodedWalk(Graph graph) {
        this.graph = graph;
        scorer = graph.encoding().scorer(graph.nodes());
        estimator = graph.codes().estimator(graph.nodes(), graph.layout().blocksAt());
        entryEstimator =
                graph.codes().estimator(graph.entries(), graph.entryLayout().blocksAt());
        expanded = new VisitedSet(graph.size());
    }

    /** Prepares a query and finds where to begin; what exact distances need, while the first record is being fetched. */
    void query(float[] query) {
        estimator.query(query);
        entryEstimator.share(estimator);
        findStarts();
        if (starts.size() > 0) {
            touch(Keys.node(starts.key(0)));
        }
        scorer.query(query);
    }

    /** Exact distances from the query. */
    void distances(int[] nodes, int count, float[] into) {
        scorer.distances(nodes, count, into);
    }

    /** How many nodes were expanded since {@link #resetCost}. */
    long hops() {
        return hops;
    }

    void resetCost() {
        hops = 0;
    }

    /** Finds where to begin: the entries that are estimated to be nearest. */
    private void findStarts() {
        starts.reset(STARTS);
        NodeLayout layout = graph.entryLayout();
        float mean = entryEstimator.distanceOfMean();
        for (int record = 0; record < graph.entries().count(); record++) {
            int below = entryEstimator.below(record, 0, mean, starts.limit());
            for (; below != 0; below &= below - 1) {
                int i = Integer.numberOfTrailingZeros(below);
                int node = layout.neighbour(graph.entries(), graph.name(), record, i, graph.size());
                starts.offer(Keys.of(entryEstimator.estimate(i), node));
            }
        }
    }

    /**
     * Expands the nodes that are estimated to be nearest, until those of the best {@code ef} estimates seen are expanded, or
     * the next one is estimated to be beyond the visitor's limit.
     *
     * @param ef at least 1
     * @param kept how many of the best estimates are kept, at least {@code ef}
     */
    void walk(int ef, int kept, Visitor visitor) {
        expanded.clear();
        pool.reset(kept, ef);
        for (int i = 0; i < starts.size(); i++) {
            pool.offer(starts.key(i));
        }
        float limit = Float.POSITIVE_INFINITY;
        int node;
        while ((node = pool.next()) >= 0 && pool.taken() <= limit) {
            if (expanded.add(node)) {
                expand(node, limit, visitor);
                limit = visitor.limit();
            }
        }
    }

    /** The i-th best estimate of the walk so far; infinite if there are fewer. */
    float estimate(int i) {
        return pool.distance(i);
    }

    /**
     * The general walk: for results among some nodes only, where any node may lie on the way but only allowed ones count,
     * and for values of ef at which a sorted queue is too slow. It ends when the nearest node not expanded is estimated
     * to be farther than the ef-th best allowed one.
     *
     * @param allowed null for all
     * @param budget gives up when more nodes than that were expanded
     * @return whether it came to an end
     */
    boolean walk(int ef, @Nullable IntPredicate allowed, long budget, Visitor visitor) {
        expanded.clear();
        frontier.clear();
        best.clear();
        for (int i = 0; i < starts.size(); i++) {
            consider(starts.key(i), ef, allowed);
        }
        long end = hops + budget;
        while (frontier.size() > 0) {
            long key = frontier.pop();
            if (best.size() == ef && key > ~best.top()) {
                return true;
            }
            expand(Keys.node(key), ef, allowed, visitor);
            if (hops > end) {
                return false;
            }
        }
        return true;
    }

    private void expand(int node, int ef, @Nullable IntPredicate allowed, Visitor visitor) {
        hops++;
        float distance = scorer.distance(node);
        visitor.expanded(node, distance);
        NodeLayout layout = graph.layout();
        for (int block = 0; block < layout.blocks(); block++) {
            float limit = best.size() == ef ? Keys.distance(~best.top()) : Float.POSITIVE_INFINITY;
            int below = estimator.below(node, block, distance, limit);
            for (; below != 0; below &= below - 1) {
                int i = Integer.numberOfTrailingZeros(below);
                int neighbour = neighbour(node, BlockCodes.MEMBERS * block + i);
                consider(Keys.of(estimator.estimate(i), neighbour), ef, allowed);
            }
        }
    }

    /** Here a node counts as seen when it is estimated for the first time. */
    private void consider(long key, int ef, @Nullable IntPredicate allowed) {
        boolean full = best.size() == ef;
        if ((full && key > ~best.top()) || !expanded.add(Keys.node(key))) {
            return;
        }
        frontier.push(key);
        if (allowed != null && !allowed.test(Keys.node(key))) {
            return;
        }
        if (full) {
            best.replaceTop(~key);
        } else {
            best.push(~key);
        }
    }

    private int neighbour(int node, int i) {
        return graph.layout().neighbour(graph.nodes(), graph.name(), node, i, graph.size());
    }

    /**
     * Takes nodes that the last walk kept without expanding them, each once, the nearest first.
     *
     * @param limit beyond which none is taken
     * @param most how many are taken at most
     */
    int left(float limit, int[] into, int most) {
        int count = 0;
        for (int i = 0; i < pool.size() && count < most && pool.distance(i) <= limit; i++) {
            int node = Keys.node(pool.key(i));
            if (expanded.add(node)) {
                into[count++] = node;
            }
        }
        return count;
    }

    /**
     * Reads a little of a record that is likely to be expanded next: two neighbouring lines each of its row and of its codes,
     * which is what makes the processor fetch on by itself, while this node is being scored. Reading more costs more than it
     * gains, since a read, unlike a prefetch, takes a place in the processor's queue until it is done.
     */
    private void touch(int node) {
        if (node < 0) {
            return;
        }
        Records nodes = graph.nodes();
        int codes = graph.layout().blocksAt();
        touched += nodes.getInt(node, 0)
                + nodes.getInt(node, LINE)
                + nodes.getInt(node, codes)
                + nodes.getInt(node, codes + LINE);
    }

    private void expand(int node, float limit, Visitor visitor) {
        hops++;
        touch(pool.peek());
        float distance = scorer.distance(node);
        NodeLayout layout = graph.layout();
        for (int block = 0; block < layout.blocks(); block++) {
            float nearer = Math.min(limit, pool.limit());
            int below = estimator.below(node, block, distance, nearer);
            for (; below != 0; below &= below - 1) {
                int i = Integer.numberOfTrailingZeros(below);
                int neighbour = neighbour(node, BlockCodes.MEMBERS * block + i);
                if (!expanded.contains(neighbour)) {
                    pool.offer(Keys.of(estimator.estimate(i), neighbour));
                }
            }
        }
        visitor.expanded(node, distance);
    }
}
