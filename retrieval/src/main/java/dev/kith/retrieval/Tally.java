package dev.kith.retrieval;

import java.util.ArrayList;
import java.util.List;

/** Counts what an ingest does. Used by the ingesting thread; only {@link #done} by others, one at a time. */
final class Tally {
    long added;
    long updated;
    long unchanged;
    long removed;
    long chunks;
    long embedded;
    long droppedTokens;
    long summaries;
    final List<IngestReport.Failure> unsummarized = new ArrayList<>();
    final List<IngestReport.Failure> failures = new ArrayList<>();
    private double done;

    /** That many more documents are done, or that much of one. */
    synchronized void done(IngestOptions options, double documents) {
        done += documents;
        options.progress().update("ingest", Math.round(done), options.total());
    }

    IngestReport report() {
        return new IngestReport(
                added,
                updated,
                unchanged,
                removed,
                chunks,
                embedded,
                droppedTokens,
                failures,
                summaries,
                unsummarized);
    }
}
