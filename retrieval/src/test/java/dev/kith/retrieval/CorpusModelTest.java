package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.retrieval.filter.Filter;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corpus under random changes, commits and reopenings agrees with two maps: what is committed and what will be. */
final class CorpusModelTest {
    private static final int IDS = 30;

    @TempDir
    Path folder;

    private final CorpusConfig config = CorpusConfig.of(new HashingEmbedder(), new LineChunker())
            .withSummaries(
                    Summaries.by("echo", prompt -> "summary of " + prompt).withPrompt("{text}"));
    private final Map<String, Document> committed = new TreeMap<>();
    private final Map<String, Document> current = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103})
    void agreesWithTheModel(long seed) throws Exception {
        Random random = new Random(seed);
        Corpus corpus = Corpus.open(folder, config);
        try {
            for (int step = 0; step < 80; step++) {
                String as = "seed " + seed + ", step " + step;
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> ingest(corpus, random, false, as);
                    case 4 -> ingest(corpus, random, true, as);
                    case 5 -> delete(corpus, "d" + random.nextInt(IDS), as);
                    case 6 -> deleteByFilter(corpus, random.nextInt(5), as);
                    case 7, 8 -> {
                        corpus.commit();
                        commitModel();
                    }
                    default -> {
                        corpus.close();
                        current.clear();
                        current.putAll(committed);
                        corpus = Corpus.open(folder, config);
                    }
                }
                check(corpus, as);
                if (step % 8 == 0) {
                    checkDocuments(corpus, as);
                }
            }
        } finally {
            corpus.close();
        }
        assertThat(Corpus.verify(folder).problems()).as("seed %d", seed).isEmpty();
    }

    private void commitModel() {
        committed.clear();
        committed.putAll(current);
    }

    private void ingest(Corpus corpus, Random random, boolean sync, String as) throws Exception {
        List<Document> documents = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            documents.add(document(random));
        }
        boolean commit = random.nextBoolean();
        long added = 0;
        long updated = 0;
        long unchanged = 0;
        Map<String, Document> next = new LinkedHashMap<>(current);
        for (Document document : documents) {
            Document before = next.put(document.id(), document);
            added += before == null ? 1 : 0;
            updated += before != null && !before.equals(document) ? 1 : 0;
            unchanged += document.equals(before) ? 1 : 0;
        }
        long removed = 0;
        if (sync) {
            int size = next.size();
            next.keySet().retainAll(documents.stream().map(Document::id).toList());
            removed = size - next.size();
        }
        IngestReport report = corpus.ingest(
                documents,
                (sync ? IngestOptions.sync("") : IngestOptions.defaults()).withCommit(commit));
        current.clear();
        current.putAll(next);
        if (commit) {
            commitModel();
        }
        assertThat(List.of(report.added(), report.updated(), report.unchanged(), report.removed()))
                .as(as)
                .containsExactly(added, updated, unchanged, removed);
    }

    private void delete(Corpus corpus, String id, String as) throws Exception {
        assertThat(corpus.delete(id)).as(as).isEqualTo(current.remove(id) != null);
    }

    private void deleteByFilter(Corpus corpus, long n, String as) throws Exception {
        if (!corpus.stats().fields().containsKey("n")) {
            return; // the field is unknown until it is committed
        }
        int before = current.size();
        current.values()
                .removeIf(document -> Long.valueOf(n).equals(document.metadata().get("n")));
        assertThat(corpus.delete(new Filter.Eq("n", n))).as(as).isEqualTo(before - current.size());
    }

    private static Document document(Random random) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(4); line > 0; line--) {
            text.append("word").append(random.nextInt(6)).append('\n');
        }
        return new Document(
                "d" + random.nextInt(IDS),
                text.toString(),
                Format.values()[random.nextInt(2)],
                Metadata.empty().with("n", random.nextInt(5)));
    }

    private void check(Corpus corpus, String as) throws Exception {
        Corpus.Stats stats = corpus.stats();
        assertThat(stats.documents()).as(as).isEqualTo(committed.size());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            Document document = committed.get("d" + i);
            assertThat(corpus.document("d" + i)).as(as).isEqualTo(document);
            assertThat(corpus.summary("d" + i)).as(as).isEqualTo(summary(document));
            if (document != null) {
                new LineChunker()
                        .chunk(document)
                        .forEach(chunk -> expected.add(document.id() + " " + chunk.span()));
            }
        }
        List<String> found =
                corpus.search(Query.of("word1").mode(Query.Mode.DENSE).topK(1000)).hits().stream()
                        .map(hit -> hit.documentId() + " " + hit.span())
                        .toList();
        assertThat(found).as(as).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Hits that are whole documents, and documents chosen by their summaries, are those that are committed. */
    private void checkDocuments(Corpus corpus, String as) throws Exception {
        Query whole = Query.of("word1 word2").topK(1000).wholeDocument(10_000);
        for (Hit hit : corpus.search(whole).hits()) {
            Document document = committed.get(hit.documentId());
            assertThat(document).as(as).isNotNull();
            assertThat(hit.text()).as(as).isEqualTo(document.text());
        }
        if (committed.values().stream().anyMatch(document -> !document.text().isBlank())) {
            List<Hit> chosen = corpus.search(Query.of("word1").topK(1000).inBestSummaries(3))
                    .hits();
            assertThat(chosen).as(as).isNotEmpty();
            assertThat(chosen.stream().map(Hit::documentId).distinct().count())
                    .as(as)
                    .isLessThanOrEqualTo(3);
            assertThat(committed.keySet())
                    .as(as)
                    .containsAll(chosen.stream().map(Hit::documentId).toList());
        }
    }

    /** The summary that a document should have; a blank one is not summarised. */
    private static @Nullable String summary(@Nullable Document document) {
        return document == null || document.text().isBlank()
                ? null
                : ("summary of " + document.text().strip()).replaceAll("\\s+", " ");
    }
}
