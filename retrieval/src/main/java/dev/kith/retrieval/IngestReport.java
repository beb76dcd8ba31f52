package dev.kith.retrieval;

import java.util.List;

/**
 * What an ingest did.
 *
 * @param added documents that were not there
 * @param updated documents that were there and differed
 * @param unchanged documents that were there and stayed: neither cut nor embedded again
 * @param removed documents that went, because the scope was synchronised and they did not come
 * @param chunks chunks of the added and updated documents
 * @param embedded texts that were embedded; the other chunks' vectors were there already
 * @param droppedTokens tokens that the embedder cut off, because a chunk was longer than the model reads
 * @param failures documents that were refused; an earlier version of such a document stays
 * @param summaries summaries that a language model was asked for
 * @param unsummarized documents that came in without the summary they should have; the next ingest tries again
 */
public record IngestReport(
        long added,
        long updated,
        long unchanged,
        long removed,
        long chunks,
        long embedded,
        long droppedTokens,
        List<Failure> failures,
        long summaries,
        List<Failure> unsummarized) {
    /**
     * A document that was refused, or came in without its summary.
     *
     * @param reason a sentence that names the value at fault
     */
    public record Failure(String documentId, String reason) {}

    /** Copies the failures. */
    public IngestReport {
        failures = List.copyOf(failures);
        unsummarized = List.copyOf(unsummarized);
    }
}
