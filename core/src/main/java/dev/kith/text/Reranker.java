package dev.kith.text;

import java.util.List;

/** Judges how well passages answer a question, by reading both together. Safe for any number of threads. */
public interface Reranker extends AutoCloseable {
    /**
     * Scores passages.
     *
     * @return one relevance per passage, in order, each in [0, 1]; larger is more relevant
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalArgumentException if the query is blank, or so long that no passage fits beside it
     * @throws IllegalStateException if the reranker is closed
     */
    float[] score(String query, List<String> passages) throws InterruptedException;

    /** Names the model and all that changes its scores. */
    String identity();

    @Override
    void close();
}
