package dev.kith.retrieval;

import dev.kith.retrieval.store.Snapshot.Place;

import java.util.Comparator;

/**
 * A chunk in a search.
 *
 * @param doc Lucene's number of it in the snapshot
 * @param place its document and ordinal
 * @param score in [0, 1]
 */
record Candidate(int doc, Place place, double score, Signals signals) {
    /** Best first; ties by place, so that the order does not depend on how the corpus is cut into segments. */
    static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::place);

    Candidate with(double score, Signals signals) {
        return new Candidate(doc, place, score, signals);
    }
}
