package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sparse half: languages, fields, context before passages, feedback. */
final class LexicalTest {
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config = CorpusConfig.of(embedder, new LineChunker());

    @TempDir
    Path folder;

    private static Document titled(String id, String title, String text) {
        return new Document(id, text, Format.PLAIN, Metadata.empty().with("title", title));
    }

    private static List<String> found(Corpus corpus, Query query) throws Exception {
        return corpus.search(query.mode(Query.Mode.SPARSE)).hits().stream()
                .map(Hit::documentId)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH, the dogs were barking, bark dog",
        "GERMAN, die Häuser am Ufer, Haus",
        "FRENCH, l'avion vole au-dessus des nuages, avions",
        "SPANISH, las canciones de amor, canción",
        "ITALIAN, gli uccelli cantano dell'amore, uccello amore",
        "PORTUGUESE, os meninos cantavam, menino",
        "DUTCH, de lichamelijke opvoeding, lichamelijk",
        "RUSSIAN, красивые дома стоят, красивый дом",
        "ARABIC, الكتب المدرسية, كتب",
        "CJK, 東京都の天気予報, 天気",
        "SWEDISH, bilarna kör fort, bilar",
        "TURKISH, kitapları okuyoruz, kitap",
        "WORDS, Straßenbahn fährt, straßenbahn"
    })
    void aLanguageFindsOtherFormsOfAWord(Analysis analysis, String passage, String question)
            throws Exception {
        try (Corpus corpus = Corpus.inMemory(config.withAnalysis(analysis))) {
            corpus.ingest(List.of(Document.of("a", passage), Document.of("b", "xyzzy plugh")));
            assertThat(found(corpus, Query.of(question))).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource(Analysis.class)
    void everyAnalysisIsKeptWithTheCorpus(Analysis analysis) throws Exception {
        CorpusConfig made = config.withAnalysis(analysis);
        try (Corpus corpus = Corpus.open(folder, made)) {
            corpus.ingest(List.of(Document.of("a", "one two three")));
        }
        assertThat(Corpus.describe(folder).analysis()).isEqualTo(analysis.name());
        try (Corpus corpus = Corpus.openReadOnly(folder, made)) {
            assertThat(found(corpus, Query.of("three"))).containsExactly("a");
        }
        Analysis other = analysis == Analysis.WORDS ? Analysis.ENGLISH : Analysis.WORDS;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corpus.open(folder, config.withAnalysis(other)))
                .withMessageContaining("analysis " + analysis + ", opened with " + other);
    }

    @Test
    void titlesAndHeadingsWeighAsTheyAreTold() throws Exception {
        List<Document> documents = List.of(
                titled("title", "falcons", "about some birds of prey in general"),
                Document.of("heading", "# falcons\nabout some birds of prey in general"),
                Document.of("text", "about falcons and falcons, birds of prey"),
                Document.of("none", "about some other birds"));
        Query query = Query.of("falcons");
        Map<Bm25, String> best = Map.of(
                Bm25.DEFAULT.withFields(0, 0), "text",
                Bm25.DEFAULT.withFields(4, 0), "title",
                Bm25.DEFAULT.withFields(0, 4), "heading");
        for (Map.Entry<Bm25, String> entry : best.entrySet()) {
            try (Corpus corpus = Corpus.inMemory(config.withBm25(entry.getKey()))) {
                corpus.ingest(documents);
                assertThat(found(corpus, query))
                        .as(entry.getKey().toString())
                        .hasSize(3)
                        .startsWith(entry.getValue());
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bm25.DEFAULT.withFields(-1, 0))
                .withMessage("the weight of title must be finite and not negative: -1.0");
    }

    @Test
    void titleAndHeadingsStandBeforeThePassage() {
        Chunk chunk = new Chunk(
                new Span(0, 4), "text", List.of("One", "Two"), "a | b", null, Metadata.empty());
        Metadata title = Metadata.empty().with("title", " Zero ");
        assertThat(ChunkContext.TITLE_AND_HEADINGS.text(chunk, title))
                .isEqualTo("Zero > One > Two\na | b\ntext");
        assertThat(ChunkContext.TITLE_AND_HEADINGS.text(
                        chunk, Metadata.empty().with("title", "One")))
                .as("a title that is the first heading is not said twice")
                .isEqualTo("One > Two\na | b\ntext");
        assertThat(ChunkContext.TITLE_AND_HEADINGS.text(chunk, Metadata.empty().with("title", 7)))
                .isEqualTo("One > Two\na | b\ntext");
        assertThat(ChunkContext.HEADINGS.text(chunk, title)).isEqualTo("One > Two\na | b\ntext");
        assertThat(ChunkContext.NONE.text(chunk, title)).isEqualTo("a | b\ntext");
    }

    @Test
    void contextIsFoundAndNeverQuoted() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(titled("keys", "Vault manual", "# Rotation\ndo it monthly")));
            for (Query.Mode mode : Query.Mode.values()) {
                Hit hit = corpus.search(Query.of("vault rotation").mode(mode))
                        .hits()
                        .getFirst();
                assertThat(hit.text()).isEqualTo("do it monthly");
                assertThat(hit.content()).isEqualTo("do it monthly");
                assertThat(hit.citation("[1]").quote()).isEqualTo("do it monthly");
                assertThat(hit.score()).as(mode.name()).isGreaterThan(0.6);
            }
        }
    }

    @Test
    void anotherContextEmbedsAgainWithTheNextIngest() throws Exception {
        List<Document> documents = List.of(titled("keys", "Vault manual", "do it monthly"));
        for (ChunkContext context : ChunkContext.values()) {
            CorpusConfig opened =
                    config.withContext(context).withBm25(Bm25.DEFAULT.withFields(0, 0));
            try (Corpus corpus = Corpus.open(folder, opened)) {
                embedder.embedded.set(0);
                IngestReport report = corpus.ingest(documents);
                assertThat(report.added() + report.updated()).isEqualTo(1);
                assertThat(embedder.embedded.get())
                        .as("only the title changes the text: " + context)
                        .isEqualTo(context == ChunkContext.HEADINGS ? 0 : 1);
                assertThat(corpus.ingest(documents).unchanged()).isEqualTo(1);
                assertThat(found(corpus, Query.of("vault")).isEmpty())
                        .isEqualTo(context != ChunkContext.TITLE_AND_HEADINGS);
            }
        }
    }

    @Test
    void feedbackFindsPassagesWithoutTheQuestionsWords() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    Document.of("a", "feline whiskers purring"),
                    Document.of("b", "feline whiskers paws"),
                    Document.of("c", "whiskers twitch"),
                    Document.of("d", "bread and butter"),
                    Document.of("e", "sea and sand")));
            Query query = Query.of("feline");
            assertThat(found(corpus, query)).containsExactlyInAnyOrder("a", "b");
            Feedback feedback = new Feedback(2, 5, 0.5);
            assertThat(found(corpus, query.feedback(feedback)))
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(found(corpus, query.feedback(new Feedback(2, 5, 1))))
                    .as("all weight to the question")
                    .containsExactlyElementsOf(found(corpus, query));
            List<Explanation.Term> terms = corpus.explain(
                            query.mode(Query.Mode.SPARSE).feedback(feedback))
                    .hits()
                    .getFirst()
                    .terms();
            assertThat(terms)
                    .extracting(Explanation.Term::term)
                    .containsAnyOf("whisker", "purr", "paw")
                    .contains("felin");
        }
    }

    @Test
    void feedbackKeepsToWhatTheFilterAllows() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    new Document(
                            "secret",
                            "feline codename",
                            Format.PLAIN,
                            Metadata.empty().with("tenant", "x")),
                    new Document(
                            "own",
                            "feline whiskers",
                            Format.PLAIN,
                            Metadata.empty().with("tenant", "y")),
                    new Document(
                            "other",
                            "the codename again",
                            Format.PLAIN,
                            Metadata.empty().with("tenant", "y"))));
            Query query = Query.of("feline").feedback(Feedback.rm3());
            assertThat(found(corpus, query.where("tenant == 'y'"))).containsExactly("own");
            assertThat(found(corpus, query)).contains("other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,0.5", "1,0,0.5", "1,1,-0.1", "1,1,NaN"})
    void refusesSenselessFeedback(String numbers) {
        String[] parts = numbers.split(",", -1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Feedback(
                        Integer.parseInt(parts[0]),
                        Integer.parseInt(parts[1]),
                        Double.parseDouble(parts[2])));
    }
}
