package dev.kith.retrieval;

import java.util.List;

/**
 * What a check of a corpus found.
 *
 * @param documents how many documents it has
 * @param chunks how many chunks
 * @param problems what is wrong, a sentence each; empty if the corpus is whole
 */
public record VerifyReport(long documents, long chunks, List<String> problems) {
    /** Copies the problems. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return problems.isEmpty();
    }
}
