package dev.kith.qg;

import dev.kith.Cost;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.spi.NearestRows;
import dev.kith.spi.Scorer;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Scratch for searching a quantised graph, and the choice of how to search it: the plain walk, the walk among allowed rows,
 * or a scan of the allowed rows where they are so few that the walk would not be cheaper, or lie so far away that it was not.
 */
final class QgSearcher implements Searcher, CodedWalk.Visitor {
    /** Above this many entries two heaps take over from one queue. */
    private static final int MAX_POOL = 1024;

    private static final int DEFAULT_EF = 48;

    /** With fewer expanded nodes than so many times k, too few neighbours are seen to choose k from. */
    private static final double LEAST_EF = 0.4;

    /** Expanding a node costs about as much as this many rows of a scan. */
    private static final int ROWS_PER_HOP = 4;

    private static final int BATCH = 64;

    private final QgIndex index;
    private final CodedWalk.Graph graph;
    private final NodeRows rows;
    private final Calibration calibration;
    private final Scorer scorer;
    private final CodedWalk walk;
    private final CodedSearch search;
    private final NearestRows nearest = new NearestRows();
    private final int[] batchRows = new int[BATCH];
    private final int[] batchNodes = new int[BATCH];
    private final float[] distances = new float[BATCH];
    private @Nullable RowMask allowed;
    private int wanted;

    QgSearcher(QgIndex index, QgImage image) {
        this.index = index;
        graph = image.graph();
        rows = image.rows();
        calibration = image.calibration();
        scorer = graph.encoding().scorer(graph.nodes());
        walk = new CodedWalk(graph);
        search = new CodedSearch(walk);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        index.ensureOpen();
        int size = index.size();
        request.check(index.dimension(), index.metric(), size);
        wanted = request.expected(size);
        allowed = request.allowed();
        walk.resetCost();
        search.resetCost();
        if (wanted == 0 || (request.recall() > 0 && calibration.isEmpty())) {
            return scan(request.query());
        }
        walk.query(request.query());
        SearchResult found =
                allowed == null ? find(ef(request)) : findAllowed(ef(request), allowed);
        return found == null ? scan(request.query()) : result(found);
    }

    private int ef(SearchRequest request) {
        long ef = request.effort() > 0 ? request.effort() : Math.max(DEFAULT_EF, 2L * wanted);
        if (request.recall() > 0) {
            ef = calibration.effort(wanted, request.recall());
        }
        return (int) Math.min(Math.max(ef, (long) Math.ceil(LEAST_EF * wanted)), index.size());
    }

    /**
     * The nearest nodes, or null if to find them is not cheaper than a scan. Searches again with a longer queue if it found too
     * few: the same node may take several places of the queue.
     */
    private @Nullable SearchResult find(int ef) {
        int enough = Math.min(wanted, graph.size());
        for (long length = ef; length <= MAX_POOL; length *= 2) {
            if (search.search((int) length, enough) == enough) {
                return search.result(cost(search.scored()));
            }
        }
        return walk(ef, index.size(), null);
    }

    /** The nearest nodes with allowed rows, or null if to find them is not cheaper than a scan of these. */
    private @Nullable SearchResult findAllowed(int ef, RowMask mask) {
        return walk(ef, mask.cardinality(), this::allows);
    }

    private @Nullable SearchResult walk(int ef, long count, @Nullable IntPredicate among) {
        long budget = count / ROWS_PER_HOP;
        if ((double) ef * index.size() / count >= budget) {
            return null;
        }
        int enough = Math.min(wanted, graph.size());
        nearest.reset(enough);
        boolean ended = walk.walk(Math.max(ef, wanted), among, budget, this);
        return ended && nearest.size() == enough ? nearest.result(cost(search.scored())) : null;
    }

    private boolean allows(int node) {
        RowMask mask = allowed;
        if (mask == null) {
            return true;
        }
        for (int i = rows.begin(node); i < rows.end(node); i++) {
            if (mask.allows(rows.row(i))) {
                return true;
            }
        }
        return false;
    }

    /** Notes nodes; their rows are looked up at the end, for the few that are left, since each costs a cache miss or two. */
    @Override
    public void expanded(int node, float distance) {
        if (allows(node)) {
            nearest.offer(distance, node);
        }
    }

    /** The rows of the nearest nodes, as many of each as are allowed, ordered by distance and row. */
    private SearchResult result(SearchResult nodes) {
        long[] keys = new long[wanted];
        int count = 0;
        for (int i = 0; count < wanted; i++) {
            int node = nodes.rows()[i];
            int end = rows.end(node);
            for (int j = rows.begin(node); j < end && count < wanted; j++) {
                int row = rows.row(j);
                if (allowed == null || allowed.allows(row)) {
                    keys[count++] = NearestRows.key(nodes.distances()[i], row);
                }
            }
        }
        Arrays.sort(keys);
        int[] found = new int[wanted];
        float[] distances = new float[wanted];
        for (int i = 0; i < wanted; i++) {
            found[i] = NearestRows.row(keys[i]);
            distances[i] = NearestRows.distance(keys[i]);
        }
        return new SearchResult(found, distances, nodes.cost());
    }

    /** The exact answer, with the cost of what was tried before. */
    private SearchResult scan(float[] query) {
        nearest.reset(wanted);
        scorer.query(query);
        long scanned = 0;
        int count = 0;
        for (int row = next(0); row >= 0; row = next(row + 1)) {
            batchRows[count] = row;
            batchNodes[count++] = rows.node(row);
            if (count == BATCH) {
                offer(count);
                scanned += count;
                count = 0;
            }
        }
        offer(count);
        return nearest.result(cost(search.scored() + scanned + count));
    }

    private int next(int row) {
        if (allowed != null) {
            return allowed.next(row);
        }
        return row < rows.size() ? row : -1;
    }

    private void offer(int count) {
        scorer.distances(batchNodes, count, distances);
        for (int i = 0; i < count; i++) {
            nearest.offer(distances[i], batchRows[i]);
        }
    }

    private Cost cost(long scanned) {
        long hops = walk.hops();
        long bytes = hops * graph.layout().stride()
                + (hops == 0 ? 0 : graph.entries().bytes())
                + scanned * graph.encoding().stride();
        return new Cost(hops + scanned, hops, bytes);
    }
}
