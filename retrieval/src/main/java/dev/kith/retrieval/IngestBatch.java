package dev.kith.retrieval;

import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Layout.EmbeddedChunk;
import dev.kith.retrieval.store.Ledger;
import dev.kith.retrieval.store.Schema;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.spi.Workers;
import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some documents on their way into a corpus: cut, embedded and written together. */
final class IngestBatch {
    private static final int MAX_DOCUMENTS = 128;
    private static final int MAX_CHARS = 1 << 19;

    /** A document with its chunks, or with the reason why it is refused. */
    private static final class Item {
        final Document document;
        final Ledger.Entry entry;
        final boolean update;
        final List<Chunk> chunks = new ArrayList<>();
        final List<String> titles = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        final List<String> keys = new ArrayList<>();
        String failure = "";

        Item(Document document, Ledger.Entry entry, boolean update) {
            this.document = document;
            this.entry = entry;
            this.update = update;
        }
    }

    private final CorpusConfig config;
    private final IngestOptions options;
    private final Tally tally;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private long chars;

    IngestBatch(CorpusConfig config, IngestOptions options, Tally tally) {
        this.config = config;
        this.options = options;
        this.tally = tally;
    }

    boolean holds(String id) {
        return items.containsKey(id);
    }

    void add(Document document, Ledger.Entry entry, boolean update) {
        items.put(document.id(), new Item(document, entry, update));
        chars += document.text().length();
    }

    boolean isFull() {
        return items.size() >= MAX_DOCUMENTS || chars >= MAX_CHARS;
    }

    /** Writes the documents, or notes why not. */
    void run(CorpusWriter writer, Snapshot committed) throws IOException, InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        List<Item> all = List.copyOf(items.values());
        Workers.run(config.threads(), all.size(), () -> i -> cut(all.get(i)));
        Map<String, float[]> vectors = new LinkedHashMap<>();
        BatchEmbedder embedder = new BatchEmbedder(config);
        for (Item item : all) {
            for (int i = 0; i < item.keys.size(); i++) {
                String key = item.keys.get(i);
                float[] known = vectors.containsKey(key) ? null : committed.vector(key);
                if (known != null) {
                    vectors.put(key, known);
                } else if (!vectors.containsKey(key)) {
                    embedder.add(key, item.texts.get(i));
                }
            }
        }
        BatchSummaries summaries = summaries(all, committed);
        tally.summaries += summaries.ask();
        summaries.embed(embedder);
        double share = embedder.size() == 0 ? 0 : (double) all.size() / embedder.size();
        embedder.run(texts -> tally.done(options, share * texts));
        vectors.putAll(embedder.vectors());
        tally.embedded += embedder.vectors().size();
        tally.droppedTokens += embedder.droppedTokens();
        summaries.embedded(embedder);
        for (Item item : all) {
            write(item, vectors, embedder.failures(), summaries, writer);
        }
        if (embedder.size() == 0) {
            tally.done(options, all.size());
        }
    }

    /** The summaries of the documents that are not refused or blank, if there are to be any. */
    private BatchSummaries summaries(List<Item> all, Snapshot committed) throws IOException {
        BatchSummaries summaries = new BatchSummaries(config.summaries(), config.threads());
        for (Item item : all) {
            if (!item.keys.isEmpty()) {
                summaries.add(item.document, committed);
            }
        }
        return summaries;
    }

    private void cut(Item item) {
        try {
            Layout.checkTerms(item.document.id(), item.document.metadata());
            for (Chunk chunk : config.chunker().chunk(item.document)) {
                Layout.checkTerms(item.document.id(), chunk.metadata());
                Metadata metadata = Layout.merge(item.document.metadata(), chunk.metadata());
                String text = config.context().text(chunk, metadata);
                item.chunks.add(chunk);
                item.titles.add(ChunkContext.title(metadata));
                item.texts.add(text);
                item.keys.add(Layout.key(text));
            }
        } catch (IllegalArgumentException e) {
            item.failure = reason(e);
            item.keys.clear();
        }
    }

    private void write(
            Item item,
            Map<String, float[]> vectors,
            Map<String, String> refused,
            BatchSummaries summaries,
            CorpusWriter writer)
            throws IOException {
        Schema schema = writer.schema();
        List<EmbeddedChunk> chunks = new ArrayList<>();
        if (item.failure.isEmpty()) {
            try {
                schema = schema(item, schema);
            } catch (IllegalArgumentException e) {
                item.failure = reason(e);
            }
        }
        for (int i = 0; i < item.keys.size(); i++) {
            float[] vector = vectors.get(item.keys.get(i));
            if (vector == null) {
                item.failure = refused.getOrDefault(item.keys.get(i), "not embedded");
            } else {
                chunks.add(new EmbeddedChunk(
                        item.chunks.get(i),
                        item.titles.get(i),
                        item.texts.get(i),
                        item.keys.get(i),
                        vector));
            }
        }
        if (!item.failure.isEmpty()) {
            tally.failures.add(new IngestReport.Failure(item.document.id(), item.failure));
            return;
        }
        Layout.Summary summary = summaries.of(item.document.id());
        writer.replace(item.document, entry(item, summaries), chunks, summary, schema);
        tally.chunks += chunks.size();
        if (item.update) {
            tally.updated++;
        } else {
            tally.added++;
        }
    }

    /** What the ledger keeps; of a document that lacks its summary, as if none were wanted: the next ingest tries again. */
    private Ledger.Entry entry(Item item, BatchSummaries summaries) {
        String id = item.document.id();
        String failure = summaries.failure(id);
        if (failure == null) {
            return item.entry;
        }
        tally.unsummarized.add(new IngestReport.Failure(id, failure));
        return Ingest.entry(item.document, options, config, null);
    }

    private static Schema schema(Item item, Schema schema) {
        Schema grown = schema.with(item.document.metadata());
        for (Chunk chunk : item.chunks) {
            grown = grown.with(chunk.metadata());
        }
        return grown;
    }

    private static String reason(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
