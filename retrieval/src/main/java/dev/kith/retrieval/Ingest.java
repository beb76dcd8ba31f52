package dev.kith.retrieval;

import dev.kith.retrieval.store.Ledger;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Document;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One ingest: tells unchanged documents from others by their hash, works on the others in batches, commits now and then, and
 * removes what did not come if the scope is synchronised.
 */
final class Ingest implements Closeable {
    private final CorpusWriter writer;
    private final CorpusConfig config;
    private final IngestOptions options;
    private final Tally tally = new Tally();
    private final Set<String> seen = new HashSet<>();
    private Snapshot committed;
    private IngestBatch batch;
    private long lastCommit = System.nanoTime();

    Ingest(CorpusWriter writer, CorpusConfig config, IngestOptions options) throws IOException {
        this.writer = writer;
        this.config = config;
        this.options = options;
        this.committed = writer.snapshots().acquire();
        this.batch = new IngestBatch(config, options, tally);
    }

    IngestReport run(Iterator<Document> documents) throws IOException, InterruptedException {
        while (documents.hasNext()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            take(documents.next());
        }
        flush();
        if (options.sync()) {
            removeUnseen();
        }
        if (options.commit()) {
            writer.commit();
        }
        return tally.report();
    }

    private void take(Document document) throws IOException, InterruptedException {
        if (options.sync()) {
            seen.add(document.id());
        }
        if (batch.holds(document.id())) {
            flush(); // the same id again: the later document wins
        }
        Ledger.Entry entry = entry(document, options, config, config.summaries());
        Ledger.Entry before = writer.entry(document.id(), committed);
        if (entry.equals(before)) {
            tally.unchanged++;
            tally.done(options, 1);
            return;
        }
        batch.add(document, entry, before != null);
        if (batch.isFull()) {
            flush();
        }
    }

    /** What the ledger knows of a document that was ingested so, with summaries or without. */
    static Ledger.Entry entry(
            Document document,
            IngestOptions options,
            CorpusConfig config,
            @Nullable Summaries summaries) {
        List<String> means = new ArrayList<>(
                List.of(config.chunker().identity(), config.embedder().identity()));
        // Headings were the only context once: corpora of that time stay as they are under it.
        if (config.context() != ChunkContext.HEADINGS) {
            means.add("context " + config.context());
        }
        if (summaries != null) {
            means.add(summaries.means());
        }
        return Ledger.Entry.of(document, options.scope(), means);
    }

    private void flush() throws IOException, InterruptedException {
        batch.run(writer, committed);
        batch = new IngestBatch(config, options, tally);
        boolean due = System.nanoTime() - lastCommit >= options.commitEvery().toNanos();
        if (options.commit() && due) {
            writer.commit();
            writer.snapshots().release(committed);
            committed = writer.snapshots().acquire();
            lastCommit = System.nanoTime();
        }
    }

    private void removeUnseen() throws IOException {
        Set<String> gone = new HashSet<>(committed.ids(options.scope()));
        gone.addAll(writer.pending().keySet());
        gone.removeAll(seen);
        for (String id : gone) {
            Ledger.Entry entry = writer.entry(id, committed);
            if (entry != null && entry.scope().equals(options.scope())) {
                writer.delete(id);
                tally.removed++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        writer.snapshots().release(committed);
    }
}
