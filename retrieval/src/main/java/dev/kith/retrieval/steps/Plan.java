package dev.kith.retrieval.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is searched for a question, and how it came to be. Immutable: each method gives a changed copy.
 *
 * @param question as it was asked; a reranker reads it, whatever the sub-queries are
 * @param subQueries at least one, at most {@link #MAX_SUB_QUERIES}; {@link #of} makes the question itself the first
 * @param merge how the rankings of several become one
 * @param modelCalls how often steps have asked a language model
 * @param failures what steps could not do, a sentence each
 */
public record Plan(
        String question,
        List<SubQuery> subQueries,
        Merge merge,
        int modelCalls,
        List<String> failures) {
    /** The most sub-queries that a plan has: each is a search of its own. */
    public static final int MAX_SUB_QUERIES = 32;

    /** How the rankings of sub-queries become one. */
    public enum Merge {
        /**
         * Weighted reciprocal rank fusion with k = 60: what several sub-queries find comes first. For sub-queries that ask the
         * same in other words.
         */
        RECIPROCAL_RANKS,
        /**
         * In turn the best of each sub-query, the next best of each, and so on: each has its share of the first hits. For
         * sub-queries that ask for different things. Weights are not looked at.
         */
        INTERLEAVED
    }

    /** Copies the lists. @throws IllegalArgumentException if there is no sub-query, or too many */
    public Plan {
        if (subQueries.isEmpty() || subQueries.size() > MAX_SUB_QUERIES) {
            throw new IllegalArgumentException("a plan has 1 to " + MAX_SUB_QUERIES
                    + " sub-queries, found " + subQueries.size());
        }
        subQueries = List.copyOf(subQueries);
        failures = List.copyOf(failures);
    }

    /** The question itself, searched as it is. */
    public static Plan of(String question) {
        return new Plan(
                question, List.of(SubQuery.of(question)), Merge.RECIPROCAL_RANKS, 0, List.of());
    }

    /** Whether another sub-query may be added. */
    public boolean hasRoom() {
        return subQueries.size() < MAX_SUB_QUERIES;
    }

    /**
     * The plan with one more sub-query.
     *
     * @throws IllegalArgumentException unless it {@link #hasRoom}
     */
    public Plan with(SubQuery subQuery) {
        List<SubQuery> more = new ArrayList<>(subQueries);
        more.add(subQuery);
        return new Plan(question, more, merge, modelCalls, failures);
    }

    /** The plan with every sub-query changed. */
    public Plan map(UnaryOperator<SubQuery> change) {
        return new Plan(
                question, subQueries.stream().map(change).toList(), merge, modelCalls, failures);
    }

    /** The plan with one sub-query changed. */
    public Plan map(int index, UnaryOperator<SubQuery> change) {
        List<SubQuery> changed = new ArrayList<>(subQueries);
        changed.set(index, change.apply(changed.get(index)));
        return new Plan(question, changed, merge, modelCalls, failures);
    }

    /** The plan with its rankings merged in another way. */
    public Plan merged(Merge merge) {
        return new Plan(question, subQueries, merge, modelCalls, failures);
    }

    /** The plan after another question to a language model. */
    public Plan withModelCall() {
        return new Plan(question, subQueries, merge, modelCalls + 1, failures);
    }

    /** The plan with something that a step could not do. */
    public Plan withFailure(String failure) {
        List<String> more = new ArrayList<>(failures);
        more.add(failure);
        return new Plan(question, subQueries, merge, modelCalls, more);
    }
}
