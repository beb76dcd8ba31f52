package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents chosen by their summaries, which live and die with them. */
final class SummariesTest {
    private static final List<Document> DOCUMENTS = List.of(
            Document.of("one", "line about cats\nline about mice"),
            Document.of("two", "line about ships\nline about harbours"),
            Document.of("three", "line about cats\nline about ships"));

    @TempDir
    Path folder;

    private final AtomicInteger calls = new AtomicInteger();
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig plain = CorpusConfig.of(embedder, new LineChunker(true));
    /** Says zoology of what has mice, shipping of harbours, else mixture. */
    private final Function<String, String> model = prompt -> {
        calls.incrementAndGet();
        return prompt.contains("mice")
                ? "A zoology text."
                : prompt.contains("harbours") ? "A shipping text." : "A mixture of things.";
    };

    private final CorpusConfig config = plain.withSummaries(Summaries.by("scripted", model));

    private static List<String> texts(Corpus corpus, Query query) throws Exception {
        return corpus.search(query).hits().stream().map(Hit::text).toList();
    }

    @Test
    void chunksAreSearchedInTheDocumentsThatTheirSummariesChoose() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            IngestReport report = corpus.ingest(DOCUMENTS);
            assertThat(report.summaries()).isEqualTo(3);
            assertThat(report.unsummarized()).isEmpty();
            assertThat(corpus.summary("one")).isEqualTo("A zoology text.");
            assertThat(corpus.summary("none")).isNull();
            for (Query.Mode mode : Query.Mode.values()) {
                Query query = Query.of("zoology line").mode(mode).topK(10);
                assertThat(texts(corpus, query.inBestSummaries(1)))
                        .containsExactlyInAnyOrder("line about cats", "line about mice");
            }
            assertThat(corpus.search(Query.of("zoology shipping line").inBestSummaries(2))
                            .hits())
                    .extracting(hit -> hit.signals().document())
                    .doesNotContainNull();
        }
        assertThat(Corpus.verify(folder)).isEqualTo(new VerifyReport(3, 6, List.of()));
    }

    @Test
    void aSummaryIsNeverFoundOrCited() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(DOCUMENTS);
            assertThat(corpus.search(Query.of("zoology").mode(Query.Mode.SPARSE))
                            .hits())
                    .isEmpty();
            assertThat(corpus.search(Query.of("zoology").topK(100)).hits())
                    .hasSize(6)
                    .allMatch(hit -> hit.text().startsWith("line"));
            assertThat(corpus.stats().chunks()).isEqualTo(6);
        }
    }

    @Test
    void aTextIsSummarisedOnceHoweverOftenItComes() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(DOCUMENTS);
            assertThat(calls).hasValue(3);
            assertThat(corpus.ingest(DOCUMENTS).unchanged()).isEqualTo(3);
        }
        try (Corpus corpus = Corpus.open(folder, config.withChunker(new LineChunker(false)))) {
            embedder.embedded.set(0);
            assertThat(corpus.ingest(DOCUMENTS).updated()).isEqualTo(3); // cut anew
            Document renamed = new Document(
                    "renamed",
                    DOCUMENTS.getFirst().text(),
                    Format.PLAIN,
                    Metadata.empty().with("n", 1));
            assertThat(corpus.ingest(List.of(renamed)).summaries()).isZero();
            assertThat(corpus.summary("renamed")).isEqualTo("A zoology text.");
            assertThat(embedder.embedded).hasValue(0);
            assertThat(calls).hasValue(3);
            Document twice = Document.of("a", "new text");
            assertThat(corpus.ingest(List.of(twice, Document.of("b", "new text")))
                            .summaries())
                    .isEqualTo(1);
        }
    }

    @Test
    void aSummaryChangesAndGoesWithItsDocument() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(DOCUMENTS);
            Query zoology = Query.of("zoology").mode(Query.Mode.SPARSE).inBestSummaries(5);
            Document changed = Document.of("one", "line about harbours");
            corpus.ingest(List.of(changed), IngestOptions.defaults().withCommit(false));
            assertThat(corpus.summary("one")).isEqualTo("A zoology text.");
            corpus.commit();
            assertThat(corpus.summary("one")).isEqualTo("A shipping text.");
            assertThat(texts(corpus, zoology)).isEmpty();
            corpus.delete("one");
            corpus.delete("two");
            corpus.commit();
            assertThat(corpus.summary("one")).isNull();
            assertThat(texts(
                            corpus,
                            Query.of("shipping line").mode(Query.Mode.SPARSE).inBestSummaries(5)))
                    .isEmpty();
        }
        assertThat(Corpus.verify(folder).problems()).isEmpty();
    }

    @Test
    void aFailedSummaryIsReportedAndTriedAgain() throws Exception {
        AtomicInteger failing = new AtomicInteger(1);
        Function<String, String> flaky = prompt -> {
            if (prompt.contains("mice") && failing.get() > 0) {
                throw new IllegalStateException("quota");
            }
            return prompt.contains("harbours") && failing.get() > 0 ? " " : model.apply(prompt);
        };
        try (Corpus corpus =
                Corpus.open(folder, plain.withSummaries(Summaries.by("flaky", flaky)))) {
            IngestReport report = corpus.ingest(DOCUMENTS);
            assertThat(report.added()).isEqualTo(3);
            assertThat(report.failures()).isEmpty();
            assertThat(report.unsummarized())
                    .containsExactly(
                            new IngestReport.Failure(
                                    "one",
                                    "the model failed: java.lang.IllegalStateException: quota"),
                            new IngestReport.Failure("two", "the model gave no summary"));
            assertThat(corpus.search(Query.of("mice").mode(Query.Mode.SPARSE)).hits())
                    .hasSize(1);
            failing.set(0);
            IngestReport again = corpus.ingest(DOCUMENTS);
            assertThat(again.updated()).isEqualTo(2);
            assertThat(again.unchanged()).isEqualTo(1);
            assertThat(again.embedded()).isEqualTo(2); // the two summaries
            assertThat(again.unsummarized()).isEmpty();
            assertThat(corpus.summary("one")).isEqualTo("A zoology text.");
        }
    }

    @Test
    void aSummaryThatTheEmbedderRefusesIsReported() throws Exception {
        CorpusConfig poisoned = plain.withSummaries(Summaries.by("poison", prompt -> "p0is0n"));
        try (Corpus corpus = Corpus.inMemory(poisoned)) {
            IngestReport report = corpus.ingest(DOCUMENTS);
            assertThat(report.added()).isEqualTo(3);
            assertThat(report.unsummarized())
                    .hasSize(3)
                    .allMatch(failure -> failure.reason().equals("text with p0is0n"));
        }
    }

    @Test
    void documentsBringTheirSummariesAlong() throws Exception {
        Document described = new Document(
                "d", "some text", Format.PLAIN, Metadata.empty().with("abstract", "On botany."));
        CorpusConfig fields = plain.withSummaries(Summaries.fromField("abstract"));
        try (Corpus corpus = Corpus.inMemory(fields)) {
            IngestReport report = corpus.ingest(List.of(described, Document.of("e", "other text")));
            assertThat(report.summaries()).isZero();
            assertThat(report.unsummarized()).isEmpty();
            assertThat(corpus.summary("d")).isEqualTo("On botany.");
            assertThat(corpus.summary("e")).isNull();
            assertThat(texts(corpus, Query.of("botany text").inBestSummaries(9)))
                    .containsExactly("some text");
        }
        CorpusConfig both =
                plain.withSummaries(Summaries.by("scripted", model).withField("abstract"));
        try (Corpus corpus = Corpus.inMemory(both)) {
            assertThat(corpus.ingest(List.of(described, Document.of("e", "mice")))
                            .summaries())
                    .isEqualTo(1);
            assertThat(corpus.summary("d")).isEqualTo("On botany.");
            assertThat(corpus.summary("e")).isEqualTo("A zoology text.");
        }
    }

    @Test
    void aCorpusWrittenWithoutSummariesGetsThemAtTheNextIngest() throws Exception {
        try (Corpus corpus = Corpus.open(folder, plain)) {
            corpus.ingest(DOCUMENTS);
        }
        try (Corpus corpus = Corpus.open(folder, config)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("zoology").inBestSummaries(1)))
                    .withMessageContaining("CorpusConfig.withSummaries");
            assertThat(corpus.search(Query.of("mice")).hits()).isNotEmpty();
            IngestReport report = corpus.ingest(DOCUMENTS);
            assertThat(report.updated()).isEqualTo(3);
            assertThat(report.summaries()).isEqualTo(3);
            assertThat(report.embedded()).isEqualTo(3);
            assertThat(texts(corpus, Query.of("zoology line").inBestSummaries(1)))
                    .hasSize(2);
        }
        try (Corpus corpus = Corpus.open(folder, plain)) {
            assertThat(corpus.ingest(DOCUMENTS).updated()).isEqualTo(3); // without summaries again
            assertThat(corpus.summary("one")).isNull();
        }
    }

    @Test
    void filtersOnChunksChooseDocumentsThatHaveOne() throws Exception {
        Document longer = Document.of("long", "line about mice\nline\nline about mice again");
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(DOCUMENTS);
            corpus.ingest(List.of(longer));
            Query query = Query.of("zoology mice line").topK(10).inBestSummaries(1);
            assertThat(texts(corpus, query.where("line == 2")))
                    .containsExactly("line about mice again");
            assertThat(texts(corpus, query.where("line >= 1 && !(line == 2)").inBestSummaries(9)))
                    .hasSize(4);
            assertThat(texts(corpus, query.where("line > 7"))).isEmpty();
        }
    }

    @Test
    void anInterruptEndsTheIngest() throws Exception {
        Thread ingesting = Thread.currentThread();
        CorpusConfig interrupted = plain.withThreads(2)
                .withSummaries(Summaries.by("interrupting", prompt -> {
                    ingesting.interrupt();
                    throw new IllegalStateException("interrupted");
                }));
        try (Corpus corpus = Corpus.inMemory(interrupted)) {
            assertThatThrownBy(() -> corpus.ingest(DOCUMENTS))
                    .isInstanceOf(InterruptedException.class);
            assertThat(corpus.stats().documents()).isZero();
        }
    }

    @Test
    void promptsAreBoundedAndReplaceable() throws Exception {
        StringBuilder asked = new StringBuilder();
        Summaries summaries = Summaries.by("m", prompt -> {
                    asked.append(prompt);
                    return "word ".repeat(5000);
                })
                .withPrompt("of: {text}")
                .withMaxCharacters(10);
        try (Corpus corpus = Corpus.inMemory(plain.withSummaries(summaries))) {
            corpus.ingest(
                    List.of(Document.of("d", "one two three four"), Document.of("blank", " \n")));
            assertThat(asked.toString()).isEqualTo("of: one two");
            assertThat(corpus.summary("d")).hasSizeBetween(3900, Summaries.MAX_SUMMARY);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> summaries.withPrompt("no place"));
        assertThatIllegalArgumentException().isThrownBy(() -> summaries.withMaxCharacters(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Summaries(null, "", null, "{text}", 1));
    }

    @Test
    void aSummaryIsEmbeddedForItselfWhateverPassagesSay() throws Exception {
        CorpusConfig fields = plain.withSummaries(Summaries.fromField("abstract"));
        try (Corpus corpus = Corpus.inMemory(fields)) {
            Document document = new Document(
                    "d", "given mice", Format.PLAIN, Metadata.empty().with("abstract", "mice"));
            assertThat(corpus.ingest(List.of(document)).embedded()).isEqualTo(2);
        }
    }
}
