package dev.kith.qg;

import dev.kith.hnsw.graph.KeyHeap;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Pool;
import dev.kith.hnsw.graph.VisitedSet;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.BlockEstimator;
import dev.kith.spi.Encoding;
import dev.kith.spi.Frontier;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks a quantised graph towards a query. Expanding a node reads its record from front to back: the row gives the exact
 * distance, the codes give an estimate of the distance of each neighbour, and only those estimated to be among the best are
 * looked at further. Scratch for one thread.
 *
 * <p>The queue holds estimates, the result exact distances. A neighbour may be estimated several times, from different
 * nodes, and enter the queue each time; it is expanded once.
 *
 * <p>Java has no prefetch instruction, so the beginning of the record that is likely to be expanded next is read while the one
 * before is being scored. If one or two nearer nodes turn up then, they wait: what has been fetched is expanded first.
 */
final class CodedWalk {
    /** How many of the entries the walk begins with. */
    private static final int STARTS = 4;

    private static final int LINE = 64;

    /** How much of a record is read ahead: more takes the processor longer than it saves. */
    private static final int READ_AHEAD = 512;

    /** A node whose record was read ahead is expanded if it is still among so many of the nearest. */
    private static final int PATIENCE = 3;

    private final Graph graph;
    private final Scorer scorer;
    private final BlockEstimator estimator;
    private final BlockEstimator entryEstimator;
    private final VisitedSet expanded;
    private final Frontier queue = new Frontier();
    private final long[] batch = new long[Math.max(BlockCodes.MEMBERS, STARTS)];
    private final Pool starts = new Pool();
    private float[] taken = new float[256];
    private int takes;
    private long ahead;
    private long[] taking = new long[Frontier.WINDOW];
    private final KeyHeap waiting = new KeyHeap();
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
            readAhead(Keys.node(starts.key(0)));
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
     * @param kept how many of the best estimates are kept at least, {@code ef} or more
     */
    void walk(int ef, int kept, Visitor visitor) {
        expanded.clear();
        queue.reset();
        takes = 0;
        ahead = Long.MAX_VALUE;
        for (int i = 0; i < starts.size(); i++) {
            queue.offer(starts.key(i));
        }
        float limit = Float.POSITIVE_INFINITY;
        int place;
        while ((place = next(limit)) >= 0 && worthExpanding(queue.key(place), ef)) {
            int node = Keys.node(queue.key(place));
            queue.remove(place);
            if (expanded.add(node)) {
                queue.trim(kept - takes);
                expand(node, Math.min(limit, distance(queue.bound())), visitor);
                limit = visitor.limit();
                queue.limit(Keys.of(limit, -1));
            }
        }
    }

    /** The place of the nearest in the queue, or of the one read ahead; -1 if there is none, or it is beyond a limit. */
    private int next(float limit) {
        long nearest = queue.first();
        if (nearest == Long.MAX_VALUE || Keys.distance(nearest) > limit) {
            return -1;
        }
        for (int i = 1; i < PATIENCE; i++) {
            if (queue.key(i) == ahead && ahead < Long.MAX_VALUE && distance(ahead) <= limit) {
                return i;
            }
        }
        return 0;
    }

    /** Whether an estimate is among the best {@code ef}: whether fewer of those taken before are better. */
    private boolean worthExpanding(long key, int ef) {
        float estimate = Keys.distance(key);
        if (takes >= ef && better(estimate) >= ef) {
            return false;
        }
        if (takes == taken.length) {
            taken = Arrays.copyOf(taken, 2 * takes);
        }
        taken[takes++] = estimate;
        return true;
    }

    private int better(float estimate) {
        int count = 0;
        for (int i = 0; i < takes; i++) {
            count += taken[i] < estimate ? 1 : 0;
        }
        return count;
    }

    private static float distance(long key) {
        return key == Long.MAX_VALUE ? Float.POSITIVE_INFINITY : Keys.distance(key);
    }

    /** The estimate of the last of the nearest few that wait in order; infinite if there are fewer. */
    float lastOfFew() {
        return distance(queue.last());
    }

    /** How many nodes the last walk took from the queue, some of them more than once. */
    int takes() {
        return takes;
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
        waiting.clear();
        best.clear();
        for (int i = 0; i < starts.size(); i++) {
            consider(starts.key(i), ef, allowed);
        }
        long end = hops + budget;
        while (waiting.size() > 0) {
            long key = waiting.pop();
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
        waiting.push(key);
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
        if (taking.length < most) {
            taking = new long[most];
        }
        long beyond = Keys.of(limit, -1);
        queue.limit(beyond);
        int count = 0;
        int held;
        do {
            held = queue.take(beyond, taking, most - count);
            for (int i = 0; i < held; i++) {
                int node = Keys.node(taking[i]);
                if (expanded.add(node)) {
                    into[count++] = node;
                }
            }
        } while (held > 0 && count < most);
        return count;
    }

    /** Reads the beginning of the record that is likely to be expanded next, a word of each cache line. */
    private void readAhead() {
        ahead = queue.first();
        if (ahead < Long.MAX_VALUE) {
            readAhead(Keys.node(ahead));
        }
    }

    private void readAhead(int node) {
        Records nodes = graph.nodes();
        int end = Math.min(READ_AHEAD, graph.layout().stride());
        int sum = 0;
        for (int at = 0; at < end; at += LINE) {
            sum += nodes.getInt(node, at);
        }
        touched = sum;
    }

    private void expand(int node, float limit, Visitor visitor) {
        hops++;
        readAhead();
        float distance = scorer.distance(node);
        NodeLayout layout = graph.layout();
        for (int block = 0; block < layout.blocks(); block++) {
            int below = estimator.below(node, block, distance, limit);
            int count = 0;
            for (; below != 0; below &= below - 1) {
                int i = Integer.numberOfTrailingZeros(below);
                int neighbour = neighbour(node, BlockCodes.MEMBERS * block + i);
                batch[count] = Keys.of(estimator.estimate(i), neighbour);
                count += expanded.contains(neighbour) ? 0 : 1;
            }
            queue.offer(batch, count);
        }
        visitor.expanded(node, distance);
    }
}
