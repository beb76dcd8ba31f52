package dev.kith.qg;

import dev.kith.Cost;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.spi.NearestRows;
import dev.kith.spi.Scorer;

import org.jspecify.annotations.Nullable;

/**
 * Scratch for searching a quantised graph, and the choice of how to search it: the plain walk, the walk among allowed rows,
 * or a scan of the allowed rows where they are so few that the walk would not be cheaper, or lie so far away that it was not.
 */
final class QgSearcher implements Searcher, CodedWalk.Visitor {
    /** Above this many entries two heaps take over from one sorted queue. */
    static final int MAX_POOL = 1024;

    private static final int DEFAULT_EF = 48;

    /** Expanding a node costs about as much as this many rows of a scan. */
    private static final int ROWS_PER_HOP = 4;

    private final QgIndex index;
    private final CodedWalk.Graph graph;
    private final NodeRows rows;
    private final Calibration calibration;
    private final Scorer scorer;
    private final CodedWalk walk;
    private final NearestRows nearest = new NearestRows();
    private final int[] batch = new int[64];
    private final float[] distances = new float[batch.length];
    private @Nullable RowMask allowed;
    private int wanted;
    private int found;

    QgSearcher(QgIndex index, QgImage image) {
        this.index = index;
        graph = image.graph();
        rows = image.rows();
        calibration = image.calibration();
        scorer = graph.encoding().scorer(graph.nodes());
        walk = new CodedWalk(graph);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        index.ensureOpen();
        int size = index.size();
        request.check(index.dimension(), index.metric(), size);
        wanted = request.expected(size);
        allowed = request.allowed();
        walk.resetCost();
        begin();
        if (wanted == 0) {
            return result(0);
        }
        if (request.recall() > 0 && calibration.curves().isEmpty()) {
            return scan(request.query());
        }
        walk.query(request.query());
        if (!walk(ef(request))) {
            return scan(request.query());
        }
        return result(0);
    }

    private void begin() {
        nearest.reset(Math.min(wanted, graph.size()));
        found = 0;
    }

    private int ef(SearchRequest request) {
        long ef = request.effort() > 0 ? request.effort() : Math.max(DEFAULT_EF, 2L * wanted);
        if (request.recall() > 0) {
            ef = calibration.effort(wanted, request.recall());
        }
        return (int) Math.min(Math.max(ef, wanted), index.size());
    }

    /**
     * Walks, and again with a longer queue if it found too few rows: the same node may take several places of the queue.
     *
     * @return whether enough rows were found at less than the cost of a scan
     */
    private boolean walk(int ef) {
        RowMask mask = allowed;
        long count = mask == null ? index.size() : mask.cardinality();
        long budget = count / ROWS_PER_HOP;
        if (mask != null && (double) ef * index.size() / count >= budget) {
            return false;
        }
        for (long length = ef; length <= index.size(); length *= 2) {
            if (mask == null && length <= MAX_POOL) {
                walk.walk((int) length, this);
            } else if (!walk.walk((int) length, mask == null ? null : this::allows, budget, this)) {
                return false;
            }
            if (found >= Math.min(wanted, graph.size())) {
                return true;
            }
            begin();
        }
        return false;
    }

    private boolean allows(int node) {
        RowMask mask = allowed;
        if (mask == null) {
            return true;
        }
        for (int i = rows.starts()[node]; i < rows.starts()[node + 1]; i++) {
            if (mask.allows(rows.rows()[i])) {
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
            found++;
        }
    }

    /** The rows of the nearest nodes: as many of a node's as are allowed, in ascending order. */
    private SearchResult result(long scanned) {
        SearchResult nodes = nearest.result(cost(scanned));
        int[] found = new int[wanted];
        float[] distances = new float[wanted];
        int count = 0;
        for (int i = 0; count < wanted; i++) {
            int node = nodes.rows()[i];
            int end = rows.starts()[node + 1];
            for (int j = rows.starts()[node]; j < end && count < wanted; j++) {
                int row = rows.rows()[j];
                if (allowed == null || allowed.allows(row)) {
                    put(found, distances, count++, row, nodes.distances()[i]);
                }
            }
        }
        return new SearchResult(found, distances, nodes.cost());
    }

    /** Puts a row behind the others, or before those that are as far and have a greater number. */
    private static void put(int[] rows, float[] distances, int at, int row, float distance) {
        int place = at;
        while (place > 0 && distances[place - 1] == distance && rows[place - 1] > row) {
            rows[place] = rows[--place];
        }
        rows[place] = row;
        distances[at] = distance;
    }

    /** The exact answer, with the cost of what was tried before. */
    private SearchResult scan(float[] query) {
        begin();
        scorer.query(query);
        int count = 0;
        long scored = 0;
        for (int node = 0; node < graph.size(); node++) {
            if (allows(node)) {
                batch[count++] = node;
            }
            if (count == batch.length || (node == graph.size() - 1 && count > 0)) {
                scorer.distances(batch, count, distances);
                for (int i = 0; i < count; i++) {
                    expanded(batch[i], distances[i]);
                }
                scored += count;
                count = 0;
            }
        }
        return result(scored);
    }

    private Cost cost(long scanned) {
        long hops = walk.hops();
        long bytes = hops * graph.layout().stride()
                + (hops == 0 ? 0 : graph.entries().bytes())
                + scanned * graph.encoding().stride();
        return new Cost(hops + scanned, hops, bytes);
    }
}
