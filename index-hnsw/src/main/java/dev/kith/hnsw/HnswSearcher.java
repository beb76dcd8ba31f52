package dev.kith.hnsw;

import dev.kith.Cost;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.hnsw.graph.Beam;
import dev.kith.hnsw.graph.KeyHeap;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Pool;
import dev.kith.spi.ExactScan;
import dev.kith.spi.Scorer;

import org.jspecify.annotations.Nullable;

/**
 * Scratch for searching a graph, and the choice of how to search it: the plain walk, the walk among allowed rows, or a
 * scan of the allowed rows when they are so few that the walk would not be cheaper, or lie so far away that it was not. A walk
 * on codes is followed by a ranking by the exact rows.
 */
final class HnswSearcher implements Searcher {
    /** Above this many entries two heaps take over from one sorted pool, where each insertion moves half of them. */
    private static final int MAX_POOL = 1024;

    private static final int DEFAULT_EF = 64;

    private final HnswIndex index;
    private final HnswImage graph;
    private final Scorer scorer;
    private final Beam beam;
    private final @Nullable Rerank rerank;
    private @Nullable ExactScan scan;

    HnswSearcher(HnswIndex index, HnswImage graph) {
        this.index = index;
        this.graph = graph;
        scorer = graph.walked().scorer();
        beam = new Beam(scorer, index.size(), 2 * graph.spec().m());
        rerank = graph.spec().hasCodes()
                ? new Rerank(
                        graph.rows().scorer(),
                        new ErrorBound(index.metric(), index.dimension(), graph.error()))
                : null;
    }

    @Override
    public SearchResult search(SearchRequest request) {
        index.ensureOpen();
        int size = index.size();
        request.check(index.dimension(), index.metric(), size);
        if (request.recall() > 0) {
            throw new IllegalArgumentException(
                    "hnsw is not calibrated to a recall: ask by effort, or build qg");
        }
        int count = request.expected(size);
        beam.resetCost();
        if (rerank != null) {
            rerank.resetCost();
        }
        if (count == 0) {
            return scan(request);
        }
        scorer.query(request.query());
        int ef = ef(request, count, size);
        RowMask allowed = request.allowed();
        if (allowed == null && ef <= MAX_POOL) {
            beam.search(graph.layers(), ef);
            if (beam.pool().size() >= count) {
                return result(request.query(), beam.pool(), count);
            }
        } else {
            KeyHeap found = walk(ef, allowed, size);
            if (found != null && found.size() >= count) {
                return result(
                        rerank == null ? found : rerank.nearest(request.query(), found, count),
                        count);
            }
        }
        return scan(request);
    }

    private static int ef(SearchRequest request, int count, int size) {
        long wanted = request.effort() > 0 ? request.effort() : Math.max(DEFAULT_EF, 2L * count);
        return (int) Math.min(Math.max(wanted, count), size);
    }

    /**
     * The walk among allowed rows, or null if a scan of them costs less. A walk that is to hold {@code ef} allowed rows
     * passes {@code ef * size / allowed} rows, if they are spread evenly, and scores about {@code m / 2} new neighbours
     * at each. Where they are not spread evenly it gives up after as many distances as the scan takes.
     */
    private @Nullable KeyHeap walk(int ef, @Nullable RowMask allowed, int size) {
        if (allowed == null) {
            return beam.search(graph.layers(), ef, null, Long.MAX_VALUE >> 1);
        }
        long rows = allowed.cardinality();
        if ((double) graph.spec().m() / 2 * ef * size / rows >= rows) {
            return null;
        }
        return beam.search(graph.layers(), ef, allowed, rows);
    }

    /** The exact answer, with the cost of what was tried before. */
    private SearchResult scan(SearchRequest request) {
        if (scan == null) {
            scan = new ExactScan(graph.rows().encoding(), graph.rows().records());
        }
        SearchResult exact = scan.nearest(request.query(), request.k(), request.allowed());
        return new SearchResult(exact.rows(), exact.distances(), exact.cost().plus(cost()));
    }

    private SearchResult result(float[] query, Pool pool, int count) {
        if (rerank != null) {
            return result(rerank.nearest(query, pool, count), count);
        }
        int[] rows = new int[count];
        float[] found = new float[count];
        for (int i = 0; i < count; i++) {
            rows[i] = Keys.node(pool.key(i));
            found[i] = Keys.distance(pool.key(i));
        }
        return new SearchResult(rows, found, cost());
    }

    /** Empties the heap of {@code ~key}, whose top is the farthest. */
    private SearchResult result(KeyHeap heap, int count) {
        while (heap.size() > count) {
            heap.pop();
        }
        int[] rows = new int[count];
        float[] found = new float[count];
        for (int i = count - 1; i >= 0; i--) {
            long key = ~heap.pop();
            rows[i] = Keys.node(key);
            found[i] = Keys.distance(key);
        }
        return new SearchResult(rows, found, cost());
    }

    private Cost cost() {
        long ranked = rerank == null ? 0 : rerank.scored();
        long bytes = beam.scored() * graph.walked().records().stride()
                + ranked * graph.rows().records().stride()
                + beam.hops() * graph.layers()[0].stride();
        return new Cost(beam.scored() + ranked, beam.hops(), bytes);
    }
}
