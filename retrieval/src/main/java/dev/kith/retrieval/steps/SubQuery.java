package dev.kith.retrieval.steps;

import dev.kith.text.Embedder.Role;

import java.util.ArrayList;
import java.util.List;

/**
 * One search of a plan: what its dense half embeds and what its sparse half matches. Either may be nothing: that half then
 * does not search. Immutable.
 *
 * @param question what a hit names as the question that found it
 * @param dense the texts whose weighted mean vector is searched with
 * @param sparse the texts whose terms are searched with
 * @param weight how much the ranking counts beside those of the other sub-queries, above 0
 */
public record SubQuery(String question, List<Dense> dense, List<Sparse> sparse, double weight) {
    /**
     * A text to embed.
     *
     * @param role how the embedder is to read it: as a question, or as the passage that might answer one
     * @param weight its share of the mean, above 0
     */
    public record Dense(String text, Role role, double weight) {
        /** @throws IllegalArgumentException if the text is blank or the weight not positive */
        public Dense {
            check(text, weight);
        }
    }

    /**
     * A text whose terms may match.
     *
     * @param weight what BM25's score of each of its terms is multiplied with, above 0
     */
    public record Sparse(String text, double weight) {
        /** @throws IllegalArgumentException if the text is blank or the weight not positive */
        public Sparse {
            check(text, weight);
        }
    }

    /** Copies the lists. @throws IllegalArgumentException if the question is blank or the weight not positive */
    public SubQuery {
        check(question, weight);
        dense = List.copyOf(dense);
        sparse = List.copyOf(sparse);
    }

    private static void check(String text, double weight) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a sub-query's text is blank");
        }
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight must be positive and finite: " + weight);
        }
    }

    /** A question that both halves search as it is, with weight 1. */
    public static SubQuery of(String question) {
        return new SubQuery(
                question,
                List.of(new Dense(question, Role.QUERY, 1)),
                List.of(new Sparse(question, 1)),
                1);
    }

    /** A passage such as the answer might be, for the dense half alone: embedded as passages are. */
    public static SubQuery passage(String passage) {
        return new SubQuery(passage, List.of(new Dense(passage, Role.DOCUMENT, 1)), List.of(), 1);
    }

    /** The same with one more text in the mean vector. */
    public SubQuery withDense(String text, Role role, double weight) {
        List<Dense> more = new ArrayList<>(dense);
        more.add(new Dense(text, role, weight));
        return new SubQuery(question, more, sparse, this.weight);
    }

    /** The same with one more text whose terms may match. */
    public SubQuery withSparse(String text, double weight) {
        List<Sparse> more = new ArrayList<>(sparse);
        more.add(new Sparse(text, weight));
        return new SubQuery(question, dense, more, this.weight);
    }

    /** The same for the dense half alone. */
    public SubQuery denseOnly() {
        return new SubQuery(question, dense, List.of(), weight);
    }

    /** The same for the sparse half alone. */
    public SubQuery sparseOnly() {
        return new SubQuery(question, List.of(), sparse, weight);
    }

    /** The same with another weight. */
    public SubQuery withWeight(double weight) {
        return new SubQuery(question, dense, sparse, weight);
    }
}
