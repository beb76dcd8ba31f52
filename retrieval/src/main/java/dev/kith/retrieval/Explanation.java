package dev.kith.retrieval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hit's score is made of. The numbers add up: a term's score is the sum of its fields', the sparse half's raw score the
 * sum of its terms', {@code before} the sum of both halves' contributions, and the hit's score {@code before} itself or, if a
 * reranker was asked for, {@link Rerank}'s mean. Sums hold to float precision: Lucene scores in floats.
 *
 * @param hit the hit that is explained
 * @param dense what the dense half brings, or null if it was not asked for or did not find the hit
 * @param sparse what the sparse half brings, or null likewise
 * @param terms the question's terms that the passage, its title or its headings have, heaviest first; with feedback also those
 *     that it added
 * @param before the score before reranking
 * @param rerank what the reranker did, or null if none was asked for
 */
public record Explanation(
        Hit hit,
        @Nullable Half dense,
        @Nullable Half sparse,
        List<Term> terms,
        double before,
        @Nullable Rerank rerank) {
    /**
     * One half's part.
     *
     * @param raw the cosine (or the metric's other value, see {@link Signals}), or the BM25 score
     * @param rank the place in this half's ranking, from 1
     * @param score the raw score brought into [0, 1]: (1 + cosine) / 2, or the share of the best hit's BM25
     * @param normalized what the fusion makes of the score, in [0, 1]; the score itself if this half searched alone
     * @param weight the half's weight, in [0, 1]
     * @param contribution {@code weight * normalized}
     */
    public record Half(
            double raw,
            int rank,
            double score,
            double normalized,
            double weight,
            double contribution) {}

    /**
     * A term's part in BM25.
     *
     * @param term as the analysis left it
     * @param weight how often the question has it, or what feedback gave it
     * @param fields those that have the term
     * @param score the sum of the fields' scores
     */
    public record Term(String term, double weight, List<Field> fields, double score) {
        /** Copies the fields. */
        public Term {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A term's part in one field: {@code score = term weight * weight * idf * tf}, {@code tf = frequency / (frequency + k1 *
     * (1 - b + b * length / averageLength))}, {@code idf = ln(1 + (count - holders + 0.5) / (holders + 0.5))}.
     *
     * @param name text, title or headings
     * @param weight the field's weight
     * @param idf the term's inverse document frequency in the field
     * @param frequency how often the field has the term
     * @param length how many terms the field has, as precisely as the index keeps it
     * @param averageLength how many it has on average
     * @param tf the saturated and length-normalised frequency, in [0, 1)
     * @param score the part
     */
    public record Field(
            String name,
            double weight,
            double idf,
            int frequency,
            int length,
            double averageLength,
            double tf,
            double score) {}

    /**
     * What reranking made of the score: {@code blend * relevance + (1 - blend) * before}.
     *
     * @param relevance the reranker's relevance, in [0, 1]; 0 if it did not read the passage
     * @param rank the place by relevance among those read, from 1; 0 if it did not read the passage
     * @param blend the reranker's weight, in [0, 1]
     */
    public record Rerank(double relevance, int rank, double blend) {}

    /** Copies the terms. */
    public Explanation {
        terms = List.copyOf(terms);
    }
}
