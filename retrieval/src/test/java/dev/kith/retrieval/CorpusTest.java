package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.hnsw.HnswSpec;
import dev.kith.qg.QgSpec;
import dev.kith.retrieval.filter.FieldType;
import dev.kith.retrieval.filter.Filter;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CorpusTest {
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config = CorpusConfig.of(embedder, new LineChunker());

    @TempDir
    Path folder;

    private static final List<Document> PETS = List.of(
            Document.of("cats", "# Cats\ncats sleep all day\nkittens play with yarn"),
            Document.of("dogs", "# Dogs\ndogs bark at strangers\npuppies chew on shoes"),
            Document.of("fish", "goldfish swim in circles"));

    @Test
    void findsPassagesWithSpansHeadingsSignalsAndCitations() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS);
            Results results = corpus.search(Query.of("what do puppies chew?").topK(3));

            Hit best = results.hits().getFirst();
            assertThat(best.documentId()).isEqualTo("dogs");
            assertThat(best.ordinal()).isEqualTo(1);
            assertThat(best.text()).isEqualTo("puppies chew on shoes");
            assertThat(best.span().of(PETS.get(1).text())).isEqualTo(best.text());
            assertThat(best.headings()).containsExactly("Dogs");
            assertThat(best.score()).isEqualTo(1.0);
            assertThat(best.signals().dense()).isNotNull();
            assertThat(best.signals().sparse()).isNotNull();
            assertThat(best.signals().fused()).isEqualTo(new Signals.Signal(1.0, 1));
            assertThat(best.signals().rerank()).isNull();
            Citation citation = results.citations().getFirst();
            assertThat(citation)
                    .isEqualTo(new Citation(
                            "[1]",
                            "dogs",
                            null,
                            best.span().start(),
                            best.span().end(),
                            best.text()));
            assertThat(results.timings().total())
                    .isGreaterThanOrEqualTo(results.timings().dense());
        }
    }

    @Test
    void findsHeadingsThoughTheQuoteLacksThem() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS);
            List<Hit> hits =
                    corpus.search(Query.of("cats").mode(Query.Mode.SPARSE)).hits();
            assertThat(hits).extracting(Hit::text).contains("kittens play with yarn");
        }
    }

    @Test
    void eachModeScoresInTheUnitInterval() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config.withReranker(new OverlapReranker()))) {
            corpus.ingest(PETS);
            for (Query.Mode mode : Query.Mode.values()) {
                for (int rerank : new int[] {0, 2}) {
                    List<Hit> hits = corpus.search(
                                    Query.of("dogs bark loud").mode(mode).rerank(rerank))
                            .hits();
                    assertThat(hits).isNotEmpty();
                    assertThat(hits.getFirst().text()).isEqualTo("dogs bark at strangers");
                    assertThat(hits).extracting(Hit::score).allMatch(s -> s >= 0 && s <= 1);
                    assertThat(hits.stream().map(Hit::score).toList())
                            .isSortedAccordingTo((a, b) -> Double.compare(b, a));
                }
            }
        }
    }

    @Test
    void refusesAnIndexThatIsChosenByTime() {
        IndexSpec auto = IndexSpec.parse("auto?metric=cosine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withIndex(auto))
                .withMessageContaining("auto?metric=cosine");
    }

    @Test
    void aSecondIngestOfTheSameDocumentsEmbedsNothing() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            IngestReport first = corpus.ingest(PETS);
            assertThat(first)
                    .isEqualTo(new IngestReport(3, 0, 0, 0, 5, 5, 0, List.of(), 0, List.of()));
            embedder.embedded.set(0);
            IngestReport second = corpus.ingest(PETS);
            assertThat(second)
                    .isEqualTo(new IngestReport(0, 0, 3, 0, 0, 0, 0, List.of(), 0, List.of()));
            assertThat(embedder.embedded).hasValue(0);
        }
    }

    /** Every chunk's metadata names its line, as chunkers name its number in the document. */
    @Test
    void anEditAtTheStartEmbedsNothingAgainThoughTheNumbersOfAllChunksChange() throws Exception {
        CorpusConfig numbered = config.withChunker(new LineChunker(true));
        try (Corpus corpus = Corpus.inMemory(numbered)) {
            corpus.ingest(List.of(Document.of("a", "cats purr\ndogs bark\nbirds sing")));
            embedder.embedded.set(0);
            IngestReport report = corpus.ingest(
                    List.of(Document.of("a", "fish swim\ncats purr\ndogs bark\nbirds sing")));
            assertThat(report.chunks()).isEqualTo(4);
            assertThat(embedder.embedded).hasValue(1);
            Hit hit = corpus.search(Query.of("birds sing").mode(Query.Mode.DENSE))
                    .hits()
                    .getFirst();
            assertThat(hit.metadata().get("line")).isEqualTo(3L);
        }
    }

    @Test
    void aChangedDocumentKeepsTheVectorsOfItsUnchangedChunks() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS);
            embedder.embedded.set(0);
            IngestReport report = corpus.ingest(List.of(Document.of(
                    "cats", "# Cats\nlions roar\ncats sleep all day\nkittens play with yarn")));
            assertThat(report.updated()).isEqualTo(1);
            assertThat(report.chunks()).isEqualTo(3);
            assertThat(report.embedded()).isEqualTo(1);
            assertThat(embedder.embedded).hasValue(1);
            Hit hit = corpus.search(Query.of("kittens play yarn").mode(Query.Mode.DENSE))
                    .hits()
                    .getFirst();
            assertThat(hit.text()).isEqualTo("kittens play with yarn");
            assertThat(hit.ordinal()).isEqualTo(2);
        }
    }

    @Test
    void aDocumentUnderAnotherNameKeepsItsVectors() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS, IngestOptions.sync("pets"));
            List<Document> renamed =
                    List.of(Document.of("felines", PETS.get(0).text()), PETS.get(1), PETS.get(2));
            IngestReport report = corpus.ingest(renamed, IngestOptions.sync("pets"));
            assertThat(report)
                    .isEqualTo(new IngestReport(1, 0, 2, 1, 2, 0, 0, List.of(), 0, List.of()));
        }
    }

    @Test
    void anotherChunkerCutsAgain() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(PETS);
        }
        try (Corpus corpus = Corpus.open(folder, config.withChunker(new LineChunker(true)))) {
            assertThat(corpus.ingest(PETS).updated()).isEqualTo(3);
            assertThat(corpus.search(Query.of("puppies").where("line == 2")).hits())
                    .extracting(Hit::text)
                    .containsExactlyInAnyOrder("puppies chew on shoes", "kittens play with yarn");
        }
    }

    @Test
    void syncRemovesWhatIsGoneFromItsScopeAlone() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS, IngestOptions.sync("pets"));
            corpus.ingest(
                    List.of(Document.of("oak", "oaks lose leaves")), IngestOptions.sync("trees"));
            IngestReport report = corpus.ingest(PETS.subList(0, 1), IngestOptions.sync("pets"));
            assertThat(report.removed()).isEqualTo(2);
            assertThat(corpus.document("dogs")).isNull();
            assertThat(corpus.document("cats")).isEqualTo(PETS.get(0));
            assertThat(corpus.document("oak")).isNotNull();
        }
    }

    @Test
    void syncSparesTheOldVersionOfARefusedDocument() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS, IngestOptions.sync("pets"));
            List<Document> next = List.of(PETS.get(0), Document.of("dogs", "p0is0n"), PETS.get(2));
            IngestReport report = corpus.ingest(next, IngestOptions.sync("pets"));
            assertThat(report.failures())
                    .containsExactly(new IngestReport.Failure("dogs", "text with p0is0n"));
            assertThat(report.removed()).isZero();
            assertThat(corpus.document("dogs")).isEqualTo(PETS.get(1));
        }
    }

    @Test
    void ofTwoDocumentsWithOneIdTheLaterWins() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            IngestReport report =
                    corpus.ingest(List.of(Document.of("a", "first"), Document.of("a", "second")));
            assertThat(report.added()).isEqualTo(1);
            assertThat(report.updated()).isEqualTo(1);
            assertThat(corpus.document("a")).isEqualTo(Document.of("a", "second"));
            assertThat(corpus.stats().chunks()).isEqualTo(1);
        }
    }

    @Test
    void deletionsWaitForTheCommit() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS);
            assertThat(corpus.delete("cats")).isTrue();
            assertThat(corpus.delete("cats")).isFalse();
            assertThat(corpus.document("cats")).isNotNull();
            corpus.commit();
            assertThat(corpus.document("cats")).isNull();
            assertThat(corpus.search(Query.of("cats sleep")).hits())
                    .extracting(Hit::documentId)
                    .doesNotContain("cats");
            assertThat(corpus.ingest(PETS).added()).isEqualTo(1);
        }
    }

    @Test
    void deletesByFilterUncommittedDocumentsToo() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                documents.add(new Document(
                        "d" + i, "text " + i, Format.PLAIN, Metadata.empty().with("n", i)));
            }
            corpus.ingest(documents.subList(0, 5));
            corpus.ingest(documents.subList(5, 10), IngestOptions.defaults().withCommit(false));
            assertThat(corpus.delete(Filter.parse("n >= 3 && n < 7"))).isEqualTo(4);
            corpus.commit();
            assertThat(corpus.stats().documents()).isEqualTo(6);
            assertThat(corpus.document("d6")).isNull();
        }
    }

    @Test
    void closeGivesUpWhatIsNotCommitted() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(PETS.subList(0, 1));
            corpus.ingest(PETS, IngestOptions.defaults().withCommit(false));
            assertThat(corpus.stats().documents()).isEqualTo(1);
        }
        try (Corpus corpus = Corpus.open(folder, config)) {
            assertThat(corpus.stats().documents()).isEqualTo(1);
        }
    }

    @Test
    void keepsAnyTextAndMetadataExactly() throws Exception {
        String hostile = "lone \ud800 surrogate, \u0000 nul, \ud83d\ude00 emoji\nsecond \udc00";
        Metadata metadata = Metadata.empty()
                .with("s", "\ud800")
                .with("n", Long.MIN_VALUE)
                .with("d", -0.0)
                .with("b", true)
                .with("t", Instant.parse("2026-01-31T12:00:00.123Z"))
                .with("l", List.of("x", "", "x"));
        Document document = new Document("h", hostile, Format.HTML, metadata);
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(List.of(document));
            assertThat(corpus.document("h")).isEqualTo(document);
            assertThat(corpus.search(Query.of("second")).hits().getFirst().metadata())
                    .isEqualTo(metadata);
            assertThat(corpus.stats().fields())
                    .containsEntry("t", FieldType.INSTANT)
                    .containsEntry("l", FieldType.STRINGS);
        }
    }

    @Test
    void refusesAFieldOfAnotherType() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(List.of(
                    new Document("a", "one", Format.PLAIN, Metadata.empty().with("year", 2026))));
        }
        try (Corpus corpus = Corpus.open(folder, config)) {
            IngestReport report = corpus.ingest(List.of(
                    new Document("b", "two", Format.PLAIN, Metadata.empty().with("year", "x")),
                    Document.of("c", "three")));
            assertThat(report.failures())
                    .containsExactly(new IngestReport.Failure(
                            "b",
                            "metadata field year is of type long in this corpus, found string: x"));
            assertThat(report.added()).isEqualTo(1);
        }
    }

    @Test
    void refusesTermsThatCannotBeIndexed() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            IngestReport report = corpus.ingest(List.of(new Document(
                    "a", "one", Format.PLAIN, Metadata.empty().with("s", "x".repeat(40_000)))));
            assertThat(report.failures().getFirst().reason()).contains("s has 40000 bytes");
        }
    }

    @Test
    void countsTokensThatTheEmbedderDropped() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            IngestReport report = corpus.ingest(List.of(Document.of("a", "word ".repeat(203))));
            assertThat(report.droppedTokens()).isEqualTo(3);
        }
    }

    @Test
    void anEmptyCorpusHasNoHits() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            for (Query.Mode mode : Query.Mode.values()) {
                assertThat(corpus.search(Query.of("anything").mode(mode)).hits())
                        .isEmpty();
            }
            assertThat(corpus.document("x")).isNull();
            assertThat(corpus.ingest(List.of(Document.of("blank", " \n "))).added())
                    .isEqualTo(1);
            assertThat(corpus.search(Query.of("anything")).hits()).isEmpty();
            assertThat(corpus.stats().documents()).isEqualTo(1);
        }
    }

    @Test
    void refusesSenselessQueries() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of(" \n"))
                .withMessage("the query is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of("q").topK(0))
                .withMessage("k must be positive: 0");
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("q").rerank(5)))
                    .withMessageContaining("no reranker");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("q").where("yaer == 3")))
                    .withMessage("unknown field: yaer, known fields: []");
            assertThat(corpus.search(Query.of("the of and")).hits()).isNotEmpty();
            assertThat(corpus.search(Query.of("cats").topK(1_000_000)).hits()).hasSize(5);
        }
    }

    static List<IndexSpec> families() {
        return List.of(
                new FlatSpec(Metric.COSINE), HnswSpec.of(Metric.COSINE), QgSpec.of(Metric.COSINE));
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesVectorsThatCannotBeCompared(IndexSpec index) throws Exception {
        Map<String, String> reasons = Map.of(
                "nan", " is not finite: component 0 is NaN",
                "infinite", " is not finite: component 0 is Infinity",
                "zero", " is the zero vector, which has no direction: COSINE needs one",
                "short", " has 3 components, expected dimension 4",
                "long", " has 5 components, expected dimension 4");
        CorpusConfig broken = CorpusConfig.of(new BrokenEmbedder(), new LineChunker());
        try (Corpus corpus = Corpus.inMemory(broken.withIndex(index))) {
            List<Document> documents = new ArrayList<>(List.of(Document.of("good", "good")));
            reasons.keySet().forEach(bad -> documents.add(Document.of(bad, "good\n" + bad)));
            IngestReport report = corpus.ingest(documents);
            assertThat(report.added()).isEqualTo(1);
            assertThat(report.failures())
                    .containsExactlyInAnyOrderElementsOf(reasons.entrySet().stream()
                            .map(bad -> new IngestReport.Failure(
                                    bad.getKey(), "embedding" + bad.getValue()))
                            .toList());
            reasons.forEach((bad, reason) -> assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of(bad)))
                    .withMessage("query" + reason));
            assertThat(corpus.search(Query.of("good").mode(Query.Mode.DENSE)).hits())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void anEmptyCorpusOfEachFamilyHasNoHits(IndexSpec index) throws Exception {
        try (Corpus corpus = Corpus.open(folder, config.withIndex(index))) {
            assertThat(corpus.search(Query.of("anything")).hits()).isEmpty();
            corpus.ingest(PETS);
            for (Document pet : PETS) {
                corpus.delete(pet.id());
            }
            corpus.commit();
            assertThat(corpus.stats().documents()).isZero();
            assertThat(corpus.search(Query.of("cats")).hits()).isEmpty();
        }
    }

    @Test
    void refusesAPathThatIsAFileOrHoldsOtherThings() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Corpus.open(file, config))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Corpus.openReadOnly(file, config))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Corpus.verify(file)).isInstanceOf(NotDirectoryException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corpus.open(folder, config))
                .withMessage("not a corpus: " + folder + " holds file");
        assertThatThrownBy(() -> Corpus.openReadOnly(folder, config))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no corpus here");
        assertThat(folder.resolve("write.lock")).doesNotExist();
    }

    @Test
    void refusesAnotherEmbedderNamingBoth() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(PETS);
        }
        CorpusConfig other = config.withEmbedder(new HashingEmbedder("other", 256));
        CorpusConfig longer = config.withEmbedder(new HashingEmbedder("hashing-256", 128));
        for (CorpusConfig wrong : List.of(other, longer)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Corpus.open(folder, wrong))
                    .withMessageContaining("256, opened with ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Corpus.openReadOnly(folder, wrong));
        }
        Corpus.open(folder, config).close(); // the refused attempts left no lock behind
    }

    @Test
    void refusesASecondWriterNamingThePath() throws Exception {
        try (Corpus writer = Corpus.open(folder, config)) {
            assertThatThrownBy(() -> Corpus.open(folder, config))
                    .isInstanceOf(CorpusLockedException.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() -> Corpus.verify(folder))
                    .isInstanceOf(CorpusLockedException.class);
            writer.ingest(PETS);
            try (Corpus reader = Corpus.openReadOnly(folder, config)) {
                assertThat(reader.stats().documents()).isEqualTo(3);
                writer.delete("cats");
                writer.commit();
                assertThat(reader.stats().documents()).isEqualTo(3);
                reader.refresh();
                assertThat(reader.stats().documents()).isEqualTo(2);
                assertThatIllegalStateException().isThrownBy(() -> reader.ingest(PETS));
            }
        }
    }

    @Test
    void refusesWorkWhenClosed() throws Exception {
        Corpus corpus = Corpus.open(folder, config);
        corpus.close();
        corpus.close();
        assertThatIllegalStateException().isThrownBy(() -> corpus.search(Query.of("q")));
        assertThatIllegalStateException().isThrownBy(() -> corpus.ingest(PETS));
        assertThatIllegalStateException().isThrownBy(corpus::commit);
        assertThatIllegalStateException().isThrownBy(corpus::refresh);
    }

    @Test
    void verifiesAWholeCorpusAndReportsADamagedOne() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(PETS);
            corpus.delete("fish");
            corpus.commit();
        }
        assertThat(Corpus.verify(folder)).isEqualTo(new VerifyReport(2, 4, List.of()));
        try (Stream<Path> files = Files.list(folder)) {
            Path data = files.filter(f -> f.toString().matches(".*\\.(cfs|fdt|vec)"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(data);
            bytes[bytes.length / 2] ^= 1;
            Files.write(data, bytes);
        }
        assertThat(Corpus.verify(folder).isClean()).isFalse();
    }

    @Test
    void tellsTheListenerOfEveryDocument() throws Exception {
        List<Long> heard = new ArrayList<>();
        IngestOptions options =
                IngestOptions.defaults().withProgress((stage, done, total) -> heard.add(done), 3);
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(PETS, options);
            assertThat(heard).isSorted().last().isEqualTo(3L);
            heard.clear();
            corpus.ingest(PETS, options);
            assertThat(heard).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void anInterruptedIngestLeavesTheLastCommit() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config)) {
            corpus.ingest(PETS);
            List<Document> more = List.of(Document.of("x", "x"), Document.of("y", "y"));
            assertThatThrownBy(() -> corpus.ingest(
                            more.stream().peek(d -> Thread.currentThread().interrupt()),
                            IngestOptions.defaults()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(corpus.stats().documents()).isEqualTo(3);
            assertThat(corpus.ingest(more).failures()).isEmpty();
            assertThat(corpus.stats().documents()).isEqualTo(5);
        }
    }
}
