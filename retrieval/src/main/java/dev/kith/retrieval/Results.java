package dev.kith.retrieval;

import dev.kith.retrieval.steps.Plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param hits best first, ties in order of document id and ordinal; if the query groups by document, documents best first
 *     and the hits of each best first; or as {@link Query#mmr} chose them
 * @param timings what took how long
 * @param plan what was searched: the question alone, unless the query had steps; with what they could not do
 */
public record Results(List<Hit> hits, Timings timings, Plan plan) {
    /**
     * How long the stages took; zero for one that was not run.
     *
     * @param steps turning the question into a plan, calls of language models included
     * @param embed embedding the question and what steps made of it
     * @param dense searching the vectors
     * @param sparse searching the terms
     * @param fusion making one ranking of two
     * @param rerank reading passages with the reranker
     * @param total all of it, reading the passages included
     */
    public record Timings(
            Duration steps,
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
