package dev.kith.hnsw;

import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.spi.ExactScan;

import org.jspecify.annotations.Nullable;

/**
 * Scratch for searching a graph, and the choice of how to search it: the plain walk, the walk among allowed rows, or a
 * scan of the allowed rows when they are so few that the walk would not be cheaper, or lie so far away that it was not, or
 * when a recall is asked for that nobody has measured.
 */
final class HnswSearcher implements Searcher {
    private static final int DEFAULT_EF = 64;

    private final HnswIndex index;
    private final HnswImage graph;
    private final RankedWalk walk;
    private @Nullable ExactScan scan;

    HnswSearcher(HnswIndex index, HnswImage graph) {
        this.index = index;
        this.graph = graph;
        walk = new RankedWalk(graph.layers(), graph.rows(), graph.walked(), graph.error());
    }

    @Override
    public SearchResult search(SearchRequest request) {
        index.ensureOpen();
        int size = index.size();
        request.check(index.dimension(), index.metric(), size);
        int count = request.expected(size);
        walk.resetCost();
        if (count == 0 || (request.recall() > 0 && graph.calibration().isEmpty())) {
            return scan(request);
        }
        int ef = ef(request, count, size);
        RowMask allowed = request.allowed();
        SearchResult found = allowed == null
                ? walk.search(request.query(), ef, count)
                : search(request.query(), ef, count, allowed);
        return found == null ? scan(request) : found;
    }

    private int ef(SearchRequest request, int count, int size) {
        long ef = request.effort() > 0 ? request.effort() : Math.max(DEFAULT_EF, 2L * count);
        if (request.recall() > 0) {
            ef = graph.calibration().effort(count, request.recall());
        }
        return (int) Math.min(Math.max(ef, count), size);
    }

    /**
     * The walk among allowed rows, or null if a scan of them costs less. A walk that is to hold {@code ef} allowed rows
     * passes {@code ef * size / allowed} rows, if they are spread evenly, and scores about {@code m / 2} new neighbours
     * at each. Where they are not spread evenly it gives up after as many distances as the scan takes.
     */
    private @Nullable SearchResult search(float[] query, int ef, int count, RowMask allowed) {
        long rows = allowed.cardinality();
        if ((double) graph.spec().m() / 2 * ef * index.size() / rows >= rows) {
            return null;
        }
        return walk.search(query, ef, count, allowed, rows);
    }

    /** The exact answer, with the cost of what was tried before. */
    private SearchResult scan(SearchRequest request) {
        if (scan == null) {
            scan = new ExactScan(graph.rows().encoding(), graph.rows().records());
        }
        SearchResult exact = scan.nearest(request.query(), request.k(), request.allowed());
        return new SearchResult(exact.rows(), exact.distances(), exact.cost().plus(walk.cost()));
    }
}
