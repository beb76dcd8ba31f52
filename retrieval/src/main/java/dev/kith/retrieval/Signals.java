package dev.kith.retrieval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a hit stands where it stands. A signal is null if that part of the search was not asked for or did not find the hit.
 *
 * @param dense raw: the cosine, the inner product, or minus the squared Euclidean distance
 * @param sparse raw: the BM25 score, at least 0
 * @param fused raw: the fused score, in [0, 1]
 * @param rerank raw: the reranker's relevance, in [0, 1]
 * @param document raw: the document's score by its passages or its summary; null unless documents were chosen or grouped
 * @param foundBy which sub-queries of the plan found the hit and where it stood there, in the plan's order; empty if there
 *     was one alone. The other signals are then those of the sub-query in which it stood highest
 */
public record Signals(
        @Nullable Signal dense,
        @Nullable Signal sparse,
        @Nullable Signal fused,
        @Nullable Signal rerank,
        @Nullable Signal document,
        List<FoundBy> foundBy) {
    /**
     * One part's opinion.
     *
     * @param raw larger is better
     * @param rank the place in that part's own ranking, from 1
     */
    public record Signal(double raw, int rank) {}

    /**
     * A sub-query that found the hit.
     *
     * @param question the sub-query's question
     * @param rank the hit's place in that sub-query's ranking, from 1
     */
    public record FoundBy(String question, int rank) {}

    /** Copies the list. */
    public Signals {
        foundBy = List.copyOf(foundBy);
    }

    static final Signals NONE = new Signals(null, null, null, null, null, List.of());

    Signals withDense(Signal dense) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }

    Signals withSparse(Signal sparse) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }

    Signals withFused(Signal fused) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }

    Signals withRerank(Signal rerank) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }

    Signals withDocument(Signal document) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }

    Signals withFoundBy(List<FoundBy> foundBy) {
        return new Signals(dense, sparse, fused, rerank, document, foundBy);
    }
}
