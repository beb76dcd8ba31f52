package dev.kith.retrieval;

import dev.kith.retrieval.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a document is not among a query's hits, and where it stands instead. A document stands where its best passage stands.
 *
 * @param documentId the document that was asked for
 * @param reason the first cause that applies
 * @param sentence the reason with its numbers, for people
 * @param failed the conditions of the filter that none of its passages fulfils; the whole filter if each is fulfilled by some
 *     passage and all by none; empty if the filter is not the reason
 * @param dense where it stands among all that the filter allows, by vectors alone; null if that half was not asked for or the
 *     document has no allowed passage
 * @param sparse where it stands by words alone; null likewise, or if no term matches
 * @param before its place after the halves became one and before reranking, from 1; 0 if no passage was a candidate
 * @param rank its place in the final ranking, from 1; 0 if no passage was a candidate
 */
public record WhyNot(
        String documentId,
        Reason reason,
        String sentence,
        List<Filter> failed,
        @Nullable Standing dense,
        @Nullable Standing sparse,
        int before,
        int rank) {
    /** What keeps a document from being a hit. */
    public enum Reason {
        /** Nothing: it is a hit. */
        IS_A_HIT,
        /** The corpus has no such document, as of the last commit. */
        NOT_IN_CORPUS,
        /** The document has no passages: its text is blank. */
        NO_PASSAGES,
        /** No passage fulfils the filter. */
        FILTERED,
        /** Words alone were searched, and no passage has one of them. */
        NO_TERM_IN_COMMON,
        /** Each half found enough better passages. */
        NOT_A_CANDIDATE,
        /** It was a candidate, and k others were better. */
        BEHIND_K,
        /** It was among the best k until the reranker read the passages. */
        RERANKED,
        /** It was among the best k until they were chosen to be unlike each other, see {@link Query#mmr}. */
        TOO_SIMILAR
    }

    /**
     * A place in one half's exact ranking of all that the filter allows, which may be longer than what a search looks at.
     *
     * @param ordinal the number of the passage among the document's, from 0
     * @param raw the cosine (or the metric's other value, see {@link Signals}), or the BM25 score
     * @param rank one more than the number of better passages
     * @param candidate whether the search found it; an approximate index may miss one whose rank would have sufficed
     */
    public record Standing(int ordinal, double raw, int rank, boolean candidate) {}

    /** Copies the conditions. */
    public WhyNot {
        failed = List.copyOf(failed);
    }
}
