package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Searches beside a writer see one commit or another, never half of one. */
final class ConcurrencyTest {
    private static final int DOCUMENTS = 10;
    private static final int VERSIONS = 40;

    private static List<Document> version(int version) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(new Document(
                    "d" + i,
                    ("common line of version " + version + "\n").repeat(1 + version % 3),
                    Format.PLAIN,
                    Metadata.empty().with("v", version)));
        }
        return documents;
    }

    @Test
    void readersSeeWholeCommitsWhileAWriterReplacesEverything() throws Exception {
        CorpusConfig config = CorpusConfig.of(new HashingEmbedder(), new LineChunker());
        AtomicBoolean ended = new AtomicBoolean();
        try (Corpus corpus = Corpus.inMemory(config);
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            corpus.ingest(version(0));
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Query.Mode mode = i == 0 ? Query.Mode.HYBRID : Query.Mode.SPARSE;
                reading.add(readers.submit(() -> read(corpus, mode, ended)));
            }
            try {
                for (int version = 1; version <= VERSIONS; version++) {
                    corpus.ingest(version(version));
                }
            } finally {
                ended.set(true);
            }
            for (Future<Integer> reader : reading) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /** Returns how many searches were made. */
    private static int read(Corpus corpus, Query.Mode mode, AtomicBoolean ended) throws Exception {
        int searches = 0;
        long newest = 0;
        do {
            List<Hit> hits =
                    corpus.search(Query.of("common line").mode(mode).topK(100)).hits();
            Set<Object> versions = new HashSet<>();
            hits.forEach(hit -> versions.add(hit.metadata().values().get("v")));
            assertThat(versions).hasSize(1);
            long version = (Long) versions.iterator().next();
            assertThat(hits).hasSize((int) (DOCUMENTS * (1 + version % 3)));
            assertThat(hits).allMatch(hit -> hit.text().endsWith("version " + version));
            assertThat(version).isGreaterThanOrEqualTo(newest);
            newest = version;
            searches++;
        } while (!ended.get());
        return searches;
    }
}
