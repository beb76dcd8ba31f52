package dev.kith.retrieval;

import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.passages.Widening;
import dev.kith.retrieval.steps.QueryStep;
import java.util.function.Consumer;
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
 * @param step what makes a plan of the question before the search, or null: the question is searched as it is
 * @param documents which documents are looked into, or null: all
 * @param perDocument how many hits of a document at most, where hits are grouped by document and {@code topK} counts
 *     documents; or 0: hits are not grouped
 * @param widening how far a hit's passage reaches, or null: to the ends of the chunk
 * @param mmr the weight of relevance against being unlike the hits before, in [0, 1]; 1 is relevance alone
 * @param feedback how the sparse half adds terms to the question, or null if it does not
 */
public record Query(
        String text,
        @Nullable Filter filter,
        Mode mode,
        int topK,
        int candidates,
        @Nullable Fusion fusion,
        int rerank,
        double blend,
        @Nullable QueryStep step,
        @Nullable DocumentChoice documents,
        int perDocument,
        @Nullable Widening widening,
        double mmr,
        @Nullable Feedback feedback) {
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
        if (perDocument < 0) {
            throw new IllegalArgumentException(
                    "hits per document must not be negative: " + perDocument);
        }
        if (!(blend >= 0 && blend <= 1)) {
            throw new IllegalArgumentException("blend must be in [0, 1]: " + blend);
        }
        if (!(mmr >= 0 && mmr <= 1)) {
            throw new IllegalArgumentException("mmr must be in [0, 1]: " + mmr);
        }
    }

    /** A hybrid query for 10 hits. */
    public static Query of(String text) {
        return new Draft(text).query();
    }

    /** The query for hits that also fulfil the filter. */
    public Query where(Filter filter) {
        Filter both = this.filter == null ? filter : this.filter.and(filter);
        return with(draft -> draft.filter = both);
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
        return with(draft -> draft.mode = mode);
    }

    /** The query for another number of hits. */
    public Query topK(int topK) {
        return with(draft -> draft.topK = topK);
    }

    /** The query with another number of candidates from each half. */
    public Query candidates(int candidates) {
        return with(draft -> draft.candidates = candidates);
    }

    /** The query with its own fusion; hybrid mode uses it. */
    public Query fuse(Fusion fusion) {
        return with(draft -> draft.fusion = fusion);
    }

    /** The query with the best {@code n} read by the corpus's reranker. */
    public Query rerank(int n) {
        return with(draft -> draft.rerank = n);
    }

    /** The query with another weight of the reranker. */
    public Query blend(double weight) {
        return with(draft -> draft.blend = weight);
    }

    /**
     * The query with a step before the search, after those it has: paraphrases, sub-questions, hypothetical answers, synonyms.
     */
    public Query step(QueryStep next) {
        QueryStep all = step == null ? next : step.andThen(next);
        return with(draft -> draft.step = all);
    }

    /** The query for chunks of the {@code n} documents whose best chunk is best, found before and then searched again. */
    public Query inBestDocuments(int n) {
        return inBestDocuments(n, 1);
    }

    /**
     * The query for chunks of the {@code n} documents whose best {@code top} chunks together are best, see {@link
     * DocumentChoice}.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    public Query inBestDocuments(int n, int top) {
        return in(new DocumentChoice(DocumentChoice.By.CHUNKS, n, top));
    }

    /**
     * The query for chunks of the {@code n} documents whose summaries fit best; needs a corpus with {@link Summaries}.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public Query inBestSummaries(int n) {
        return in(new DocumentChoice(DocumentChoice.By.SUMMARIES, n, 1));
    }

    private Query in(DocumentChoice documents) {
        return with(draft -> draft.documents = documents);
    }

    /**
     * The query for the best documents rather than hits: {@code topK} of them, by their best hit, each with its best
     * {@code max} hits, one document's after another's.
     *
     * @param max how many hits of a document at most; 0 does not group
     */
    public Query groupByDocument(int max) {
        return with(draft -> draft.perDocument = max);
    }

    /** The query whose hits reach to the ends of {@link dev.kith.text.Chunk#parent}, but no further than the default limit. */
    public Query parent() {
        return widen(new Widening.Parent(Widening.DEFAULT_MAX_CHARACTERS));
    }

    /** The query whose hits have {@code n} chunks on either side with them, but are no longer than the default limit. */
    public Query neighbours(int n) {
        return widen(new Widening.Neighbours(n, Widening.DEFAULT_MAX_CHARACTERS));
    }

    /**
     * The query whose hits are whole documents; of one that is longer, as many chunks around the hit as fit.
     *
     * @param maxCharacters the most characters of a hit, above 0
     */
    public Query wholeDocument(int maxCharacters) {
        return widen(new Widening.WholeDocument(maxCharacters));
    }

    /** The query whose hits reach further than their chunks, or with null do not. */
    public Query widen(@Nullable Widening widening) {
        return with(draft -> draft.widening = widening);
    }

    /**
     * The query whose hits are chosen to be relevant and unlike each other: each next one has the greatest {@code lambda * score -
     * (1 - lambda) * its greatest cosine with a hit before}. Maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998. The
     * hits come in that order, with their scores as they were.
     *
     * @param lambda the weight of relevance, in [0, 1]; 1 is relevance alone, 0.5 to 0.8 is customary
     */
    public Query mmr(double lambda) {
        return with(draft -> draft.mmr = lambda);
    }

    /** The query whose sparse half adds the best passages' terms to the question, or with null does not. */
    public Query feedback(@Nullable Feedback feedback) {
        return with(draft -> draft.feedback = feedback);
    }

    /** How many candidates each half finds: at least as many as are reranked and returned. */
    public int depth() {
        int asked = candidates > 0
                ? candidates
                : Math.max(
                        MIN_CANDIDATES, (int) Math.min(1 << 20, (long) CANDIDATES_PER_HIT * topK));
        int returned = (int) Math.min(1 << 20, (long) topK * Math.max(1, perDocument));
        return Math.max(asked, Math.max(Math.max(topK, returned), rerank));
    }

    private Query with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.query();
    }

    /** A query under change, so that each change names only what it changes. */
    private static final class Draft {
        private final String text;
        private @Nullable Filter filter;
        private Mode mode = Mode.HYBRID;
        private int topK = DEFAULT_TOP_K;
        private int candidates;
        private @Nullable Fusion fusion;
        private int rerank;
        private double blend = DEFAULT_BLEND;
        private @Nullable QueryStep step;
        private @Nullable DocumentChoice documents;
        private int perDocument;
        private @Nullable Widening widening;
        private double mmr = 1;
        private @Nullable Feedback feedback;

        private Draft(String text) {
            this.text = text;
        }

        private Draft(Query query) {
            text = query.text;
            filter = query.filter;
            mode = query.mode;
            topK = query.topK;
            candidates = query.candidates;
            fusion = query.fusion;
            rerank = query.rerank;
            blend = query.blend;
            step = query.step;
            documents = query.documents;
            perDocument = query.perDocument;
            widening = query.widening;
            mmr = query.mmr;
            feedback = query.feedback;
        }

        private Query query() {
            return new Query(
                    text,
                    filter,
                    mode,
                    topK,
                    candidates,
                    fusion,
                    rerank,
                    blend,
                    step,
                    documents,
                    perDocument,
                    widening,
                    mmr,
                    feedback);
        }
    }
}
