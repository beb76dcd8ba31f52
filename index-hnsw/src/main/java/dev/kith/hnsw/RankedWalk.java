package dev.kith.hnsw;

import dev.kith.Cost;
import dev.kith.RowMask;
import dev.kith.SearchResult;
import dev.kith.hnsw.graph.Beam;
import dev.kith.hnsw.graph.KeyHeap;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Layer;
import dev.kith.hnsw.graph.Pool;
import dev.kith.spi.Encoding;
import dev.kith.spi.Scorer;

import org.jspecify.annotations.Nullable;

/**
 * The walk over a graph, finished or not, and after a walk on codes the ranking by the exact rows. Scratch for one thread.
 */
final class RankedWalk {
    /** Above this many entries two heaps take over from one sorted pool, where each insertion moves half of them. */
    private static final int MAX_POOL = 1024;

    private final Layer[] layers;
    private final EncodedRows rows;
    private final EncodedRows walked;
    private final Scorer scorer;
    private final Beam beam;
    private final @Nullable Rerank rerank;

    /**
     * @param layers the bottom layer first
     * @param rows that answers are ranked by
     * @param walked their codes, or the rows themselves
     */
    RankedWalk(Layer[] layers, EncodedRows rows, EncodedRows walked, CodeError error) {
        this.layers = layers;
        this.rows = rows;
        this.walked = walked;
        scorer = walked.scorer();
        beam = new Beam(scorer, rows.size(), layers[0].degree());
        Encoding encoding = rows.encoding();
        rerank = walked.encoding().exact()
                ? null
                : new Rerank(
                        rows.scorer(),
                        new ErrorBound(encoding.metric(), encoding.dimension(), error));
    }

    void resetCost() {
        beam.resetCost();
        if (rerank != null) {
            rerank.resetCost();
        }
    }

    /** What was spent since {@link #resetCost}. */
    Cost cost() {
        long ranked = rerank == null ? 0 : rerank.scored();
        long bytes = beam.scored() * walked.records().stride()
                + ranked * rows.records().stride()
                + beam.hops() * layers[0].stride();
        return new Cost(beam.scored() + ranked, beam.hops(), bytes);
    }

    /** The nearest {@code count} rows, or null if there are fewer among the {@code ef} found. */
    @Nullable
    SearchResult search(float[] query, int ef, int count) {
        if (ef > MAX_POOL) {
            return search(query, ef, count, null, Long.MAX_VALUE >> 1);
        }
        scorer.query(query);
        beam.search(layers, ef);
        Pool pool = beam.pool();
        if (pool.size() < count) {
            return null;
        }
        return rerank == null
                ? result(pool, count)
                : result(rerank.nearest(query, pool, count), count);
    }

    /**
     * The nearest {@code count} rows among the allowed.
     *
     * @param budget gives up when more distances than that were computed
     * @return null if it gave up or found fewer
     */
    @Nullable
    SearchResult search(float[] query, int ef, int count, @Nullable RowMask allowed, long budget) {
        scorer.query(query);
        KeyHeap found = beam.search(layers, ef, allowed, budget);
        if (found == null || found.size() < count) {
            return null;
        }
        return result(rerank == null ? found : rerank.nearest(query, found, count), count);
    }

    private SearchResult result(Pool pool, int count) {
        int[] nearest = new int[count];
        float[] distances = new float[count];
        for (int i = 0; i < count; i++) {
            nearest[i] = Keys.node(pool.key(i));
            distances[i] = Keys.distance(pool.key(i));
        }
        return new SearchResult(nearest, distances, cost());
    }

    /** Empties the heap of {@code ~key}, whose top is the farthest. */
    private SearchResult result(KeyHeap heap, int count) {
        while (heap.size() > count) {
            heap.pop();
        }
        int[] nearest = new int[count];
        float[] distances = new float[count];
        for (int i = count - 1; i >= 0; i--) {
            long key = ~heap.pop();
            nearest[i] = Keys.node(key);
            distances[i] = Keys.distance(key);
        }
        return new SearchResult(nearest, distances, cost());
    }
}
