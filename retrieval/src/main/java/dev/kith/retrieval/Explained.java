package dev.kith.retrieval;

import java.util.List;

/**
 * The answer to a query with an account of every hit.
 *
 * @param results the answer, as {@link Corpus#search} gives it
 * @param hits an account of each of its hits, in the same order
 */
public record Explained(Results results, List<Explanation> hits) {
    /** Copies the accounts. */
    public Explained {
        hits = List.copyOf(hits);
    }
}
