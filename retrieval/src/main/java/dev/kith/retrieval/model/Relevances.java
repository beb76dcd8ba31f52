package dev.kith.retrieval.model;

import dev.kith.text.Reranker;

import java.util.List;

/** What a reranker says of passages, held to its promise. */
public final class Relevances {
    private Relevances() {}

    /**
     * One relevance per passage, in [0, 1].
     *
     * @throws IllegalStateException if the reranker gives another number of them, or one that is out of range; names it
     */
    public static float[] of(Reranker reranker, String query, List<String> passages)
            throws InterruptedException {
        float[] relevances = reranker.score(query, passages);
        if (relevances.length != passages.size()) {
            throw new IllegalStateException("the reranker " + reranker.identity() + " gives "
                    + relevances.length + " scores for " + passages.size() + " passages");
        }
        for (float relevance : relevances) {
            if (!(relevance >= 0 && relevance <= 1)) {
                throw new IllegalStateException("the reranker " + reranker.identity()
                        + " gives a score that is not in [0, 1]: " + relevance);
            }
        }
        return relevances;
    }
}
