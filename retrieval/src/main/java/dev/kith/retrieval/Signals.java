package dev.kith.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * Why a hit stands where it stands. A signal is null if that part of the search was not asked for or did not find the hit.
 *
 * @param dense raw: the cosine, the inner product, or minus the squared Euclidean distance
 * @param sparse raw: the BM25 score, at least 0
 * @param fused raw: the fused score, in [0, 1]
 * @param rerank raw: the reranker's relevance, in [0, 1]
 */
public record Signals(
        @Nullable Signal dense,
        @Nullable Signal sparse,
        @Nullable Signal fused,
        @Nullable Signal rerank) {
    /**
     * One part's opinion.
     *
     * @param raw larger is better
     * @param rank the place in that part's own ranking, from 1
     */
    public record Signal(double raw, int rank) {}

    static final Signals NONE = new Signals(null, null, null, null);

    Signals withDense(Signal dense) {
        return new Signals(dense, sparse, fused, rerank);
    }

    Signals withSparse(Signal sparse) {
        return new Signals(dense, sparse, fused, rerank);
    }

    Signals withFused(Signal fused) {
        return new Signals(dense, sparse, fused, rerank);
    }

    Signals withRerank(Signal rerank) {
        return new Signals(dense, sparse, fused, rerank);
    }
}
