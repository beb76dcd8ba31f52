package dev.kith.retrieval;

import dev.kith.Progress;

import java.time.Duration;

/**
 * How documents come into a corpus.
 *
 * @param scope the name of the source that the documents come from, such as a folder; "" by default. A document belongs to
 *     the scope it was last ingested under
 * @param sync whether documents of the scope that do not occur in this ingest are removed at its end
 * @param commit whether the ingest commits: at its end, and in between whenever {@code commitEvery} has passed
 * @param commitEvery how much work a crash may lose, at most; a commit in between is made after a batch of documents
 * @param progress hears of documents done ({@code "ingest"}, done, total)
 * @param total how many documents will come, for the listener, or -1
 */
public record IngestOptions(
        String scope,
        boolean sync,
        boolean commit,
        Duration commitEvery,
        Progress progress,
        long total) {
    private static final IngestOptions DEFAULTS =
            new IngestOptions("", false, true, Duration.ofSeconds(30), Progress.NONE, -1);

    /** Adds and updates, removes nothing, commits at the end and every 30 seconds. */
    public static IngestOptions defaults() {
        return DEFAULTS;
    }

    /** Makes the scope equal to the documents that come: those that do not are removed. */
    public static IngestOptions sync(String scope) {
        return new IngestOptions(
                scope, true, true, DEFAULTS.commitEvery, Progress.NONE, DEFAULTS.total);
    }

    /** The same under another scope. */
    public IngestOptions withScope(String scope) {
        return new IngestOptions(scope, sync, commit, commitEvery, progress, total);
    }

    /** The same, committing or leaving it to {@link Corpus#commit}. */
    public IngestOptions withCommit(boolean commit) {
        return new IngestOptions(scope, sync, commit, commitEvery, progress, total);
    }

    /** The same with commits more or less often; zero commits after each batch. */
    public IngestOptions withCommitEvery(Duration commitEvery) {
        return new IngestOptions(scope, sync, commit, commitEvery, progress, total);
    }

    /** The same with a listener that is told of {@code total} documents, or -1 if their number is unknown. */
    public IngestOptions withProgress(Progress progress, long total) {
        return new IngestOptions(scope, sync, commit, commitEvery, progress, total);
    }
}
