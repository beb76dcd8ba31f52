package dev.kith.retrieval;

import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.fusion.Fusion;

import org.jspecify.annotations.Nullable;

/**
 * A question to a corpus. Immutable: each method gives a changed copy.
 *
 * @param text the question
 * @param filter what hits must fulfil, or null
 * @param mode which halves search
 * @param topK how many hits at most
 * @param candidates how many candidates each half finds, or 0 for {@link #depth}'s default
 * @param fusion how the halves become one, or null for the corpus's
 * @param rerank how many of the best the reranker reads, or 0
 * @param blend the reranker's weight in the final score, in [0, 1]; the rest is the score before
 */
public record Query(
        String text,
        @Nullable Filter filter,
        Mode mode,
        int topK,
        int candidates,
        @Nullable Fusion fusion,
        int rerank,
        double blend) {
    /** Which halves of the corpus search, and what {@link Hit#score} is. */
    public enum Mode {
        /** Vectors alone. Score: (1 + cosine) / 2, or for other metrics Lucene's monotone image of it in [0, 1]. */
        DENSE,
        /** BM25 alone. Score: relative to the best hit's, which has 1. */
        SPARSE,
        /** Both. Score: the fusion's. */
        HYBRID
    }

    private static final int DEFAULT_TOP_K = 10;
    private static final int MIN_CANDIDATES = 200;
    private static final int CANDIDATES_PER_HIT = 4;
    private static final double DEFAULT_BLEND = 0.7;

    /** @throws IllegalArgumentException if the text is blank or a number out of range */
    public Query {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the query is empty");
        }
        if (topK < 1) {
            throw new IllegalArgumentException("k must be positive: " + topK);
        }
        if (candidates < 0) {
            throw new IllegalArgumentException("candidates must not be negative: " + candidates);
        }
        if (rerank < 0) {
            throw new IllegalArgumentException("rerank must not be negative: " + rerank);
        }
        if (!(blend >= 0 && blend <= 1)) {
            throw new IllegalArgumentException("blend must be in [0, 1]: " + blend);
        }
    }

    /** A hybrid query for 10 hits. */
    public static Query of(String text) {
        return new Query(text, null, Mode.HYBRID, DEFAULT_TOP_K, 0, null, 0, DEFAULT_BLEND);
    }

    /** The query for hits that also fulfil the filter. */
    public Query where(Filter filter) {
        Filter both = this.filter == null ? filter : this.filter.and(filter);
        return new Query(text, both, mode, topK, candidates, fusion, rerank, blend);
    }

    /**
     * The query for hits that also fulfil the filter.
     *
     * @throws dev.kith.retrieval.filter.FilterSyntaxException if the text cannot be read
     */
    public Query where(String filter) {
        return where(Filter.parse(filter));
    }

    /** The query in another mode. */
    public Query mode(Mode mode) {
        return new Query(text, filter, mode, topK, candidates, fusion, rerank, blend);
    }

    /** The query for another number of hits. */
    public Query topK(int topK) {
        return new Query(text, filter, mode, topK, candidates, fusion, rerank, blend);
    }

    /** The query with another number of candidates from each half. */
    public Query candidates(int candidates) {
        return new Query(text, filter, mode, topK, candidates, fusion, rerank, blend);
    }

    /** The query with its own fusion; hybrid mode uses it. */
    public Query fuse(Fusion fusion) {
        return new Query(text, filter, mode, topK, candidates, fusion, rerank, blend);
    }

    /** The query with the best {@code n} read by the corpus's reranker. */
    public Query rerank(int n) {
        return new Query(text, filter, mode, topK, candidates, fusion, n, blend);
    }

    /** The query with another weight of the reranker. */
    public Query blend(double weight) {
        return new Query(text, filter, mode, topK, candidates, fusion, rerank, weight);
    }

    /** How many candidates each half finds: at least as many as are reranked and returned. */
    public int depth() {
        int asked = candidates > 0
                ? candidates
                : Math.max(
                        MIN_CANDIDATES, (int) Math.min(1 << 20, (long) CANDIDATES_PER_HIT * topK));
        return Math.max(asked, Math.max(topK, rerank));
    }
}
