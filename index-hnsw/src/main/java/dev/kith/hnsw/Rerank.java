package dev.kith.hnsw;

import dev.kith.hnsw.graph.KeyHeap;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Pool;
import dev.kith.spi.Scorer;

/**
 * Ranks what was found by codes again, by the exact rows: the first ones in any case, and then, in the order of their codes'
 * distances, as many as {@link ErrorBound} cannot rule out. The result is the same as if all had been ranked again. Scratch for
 * one thread.
 */
final class Rerank {
    private static final int BATCH = 16;

    private final Scorer scorer;
    private final ErrorBound bound;
    private final KeyHeap best = new KeyHeap();
    private final int[] rows = new int[BATCH];
    private final float[] distances = new float[BATCH];
    private long[] found = new long[64];
    private long scored;

    Rerank(Scorer scorer, ErrorBound bound) {
        this.scorer = scorer;
        this.bound = bound;
    }

    /** How many exact distances were computed since {@link #resetCost}. */
    long scored() {
        return scored;
    }

    void resetCost() {
        scored = 0;
    }

    /** The heap of the nearest {@code count} as {@code ~key}. */
    KeyHeap nearest(float[] query, Pool pool, int count) {
        reserve(pool.size());
        return nearest(query, pool.copy(found, pool.size()), count);
    }

    /** The heap of the nearest {@code count} as {@code ~key}, out of another one, which is empty then. */
    KeyHeap nearest(float[] query, KeyHeap heap, int count) {
        int size = heap.size();
        reserve(size);
        for (int i = size - 1; i >= 0; i--) {
            found[i] = ~heap.pop();
        }
        return nearest(query, size, count);
    }

    private void reserve(int size) {
        if (found.length < size) {
            found = new long[Math.max(size, 2 * found.length)];
        }
    }

    private KeyHeap nearest(float[] query, int size, int count) {
        best.clear();
        scorer.query(query);
        bound.query(query);
        int at = 0;
        int batch;
        do {
            int missing = count - best.size();
            int end = Math.min(size, at + (missing > 0 ? Math.min(missing, BATCH) : BATCH));
            batch = 0;
            while (at + batch < end && (missing > 0 || mayBeNearer(found[at + batch]))) {
                rows[batch] = Keys.node(found[at + batch]);
                batch++;
            }
            score(batch, count);
            at += batch;
        } while (batch > 0);
        return best;
    }

    /** Whether a row can be among the best; of two as near, the smaller is. */
    private boolean mayBeNearer(long key) {
        return !(bound.least(Keys.distance(key)) > Keys.distance(~best.top()));
    }

    private void score(int batch, int count) {
        scorer.distances(rows, batch, distances);
        scored += batch;
        for (int i = 0; i < batch; i++) {
            long key = Keys.of(distances[i], rows[i]);
            if (best.size() < count) {
                best.push(~key);
            } else if (key < ~best.top()) {
                best.replaceTop(~key);
            }
        }
    }
}
