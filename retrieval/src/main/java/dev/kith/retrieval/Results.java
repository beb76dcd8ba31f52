package dev.kith.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param hits best first; ties in order of document id and ordinal
 * @param timings what took how long
 */
public record Results(List<Hit> hits, Timings timings) {
    /**
     * How long the stages took; zero for one that was not run.
     *
     * @param embed embedding the question
     * @param dense searching the vectors
     * @param sparse searching the terms
     * @param fusion making one ranking of two
     * @param rerank reading passages with the reranker
     * @param total all of it, reading the passages included
     */
    public record Timings(
            Duration embed,
            Duration dense,
            Duration sparse,
            Duration fusion,
            Duration rerank,
            Duration total) {}

    /** Copies the hits. */
    public Results {
        hits = List.copyOf(hits);
    }

    /** The hits as citations {@code [1]}, {@code [2]} and so on. */
    public List<Citation> citations() {
        List<Citation> citations = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            citations.add(hit.citation("[" + (citations.size() + 1) + "]"));
        }
        return citations;
    }
}
