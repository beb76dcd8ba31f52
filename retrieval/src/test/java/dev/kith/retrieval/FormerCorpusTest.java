package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus that was written before titles and headings had fields of their own and titles stood before passages:
 * {@code corpus-1.zip}, made of {@link #DOCUMENTS} with the default configuration of that time.
 */
final class FormerCorpusTest {
    private static final List<Document> DOCUMENTS = List.of(
            new Document(
                    "cats",
                    "# Cats\ncats sleep all day\nkittens play with yarn",
                    Format.PLAIN,
                    Metadata.empty().with("title", "Felines").with("year", 2024)),
            Document.of("dogs", "# Dogs\ndogs bark at strangers\npuppies chew on shoes"),
            Document.of("fish", "goldfish swim in circles"));

    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config = CorpusConfig.of(embedder, new LineChunker());

    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        InputStream resource = FormerCorpusTest.class.getResourceAsStream("corpus-1.zip");
        try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(resource))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        }
    }

    @Test
    void canBeSearched() throws Exception {
        assertThat(Corpus.verify(folder).problems()).isEmpty();
        try (Corpus corpus = Corpus.openReadOnly(folder, config)) {
            for (Query.Mode mode : Query.Mode.values()) {
                Hit best = corpus.search(Query.of("which cats play with yarn?").mode(mode))
                        .hits()
                        .getFirst();
                assertThat(best.text()).isEqualTo("kittens play with yarn");
            }
            Explanation best = corpus.explain(Query.of("cats").mode(Query.Mode.SPARSE))
                    .hits()
                    .getFirst();
            assertThat(best.terms().getFirst().fields())
                    .extracting(Explanation.Field::name)
                    .containsExactly("text");
            assertThat(corpus.whyNot(Query.of("cats").where("year == 2024"), "dogs")
                            .reason())
                    .isEqualTo(WhyNot.Reason.FILTERED);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corpus.open(folder, config.withAnalysis(Analysis.GERMAN)))
                .withMessageContaining("analysis ENGLISH, opened with GERMAN");
    }

    @Test
    void staysAsItIsUnderTheContextOfItsTime() throws Exception {
        try (Corpus corpus = Corpus.open(folder, config.withContext(ChunkContext.HEADINGS))) {
            assertThat(corpus.ingest(DOCUMENTS).unchanged()).isEqualTo(3);
            assertThat(embedder.embedded).hasValue(0);
        }
    }

    @Test
    void getsTitlesWithTheNextIngest() throws Exception {
        Query felines = Query.of("felines").mode(Query.Mode.SPARSE);
        try (Corpus corpus = Corpus.open(folder, config)) {
            assertThat(corpus.search(felines).hits()).isEmpty();
            assertThat(corpus.ingest(DOCUMENTS).updated()).isEqualTo(3);
            assertThat(embedder.embedded).as("only texts with a title are new").hasValue(2);
            assertThat(corpus.search(felines).hits()).hasSize(2);
        }
        assertThat(Corpus.verify(folder).problems()).isEmpty();
    }
}
