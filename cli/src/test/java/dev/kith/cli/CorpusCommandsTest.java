package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.retrieval.Corpus;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code index}, {@code search}, {@code inspect} and {@code verify} on a corpus, with the built-in model. */
final class CorpusCommandsTest {
    private static final String KEYS =
            "# Vault guide\n\nAbout the vault.\n\n## Rotating keys\n\nTo rotate a key, run vault"
                    + " rotate. The old key can still decrypt.\n";

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path docs;
    private Path corpus;

    @BeforeEach
    void writeDocuments() throws IOException {
        docs = Files.createDirectory(folder.resolve("some docs"));
        corpus = folder.resolve("kb");
        Files.writeString(docs.resolve("vault.md"), KEYS);
        Files.writeString(
                docs.resolve("bread.html"),
                "<html><head><title>Bread</title></head><body><h1>Sourdough</h1><p>Let the dough"
                        + " rise over night &amp; bake it hot.</p></body></html>");
        Files.writeString(docs.resolve("moon.txt"), "The moon pulls the sea: tides follow it.\n");
    }

    private int index(Object... more) {
        Object[] args = Stream.concat(Stream.of("index", docs, "--corpus", corpus), Stream.of(more))
                .toArray();
        return shell.run(args);
    }

    @Test
    void findsThePassageWithItsPlaceHeadingsAndSignals() throws IOException {
        assertThat(index()).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("3 added, 0 updated, 0 unchanged, 0 removed; ");

        assertThat(shell.run("search", corpus, "how", "do I replace an encryption key?"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out().lines().findFirst().orElseThrow())
                .startsWith("1. vault.md  Vault guide > Rotating keys  [");
        assertThat(shell.out())
                .contains("dense ", "BM25 ", "fused ")
                .contains("| To rotate a key, run vault rotate.")
                .doesNotContain("\u001b");
    }

    @Test
    void cutsInTheWayThatIsAskedFor() {
        assertThat(index("--chunker", "sentence")).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("3 added, 0 updated, 0 unchanged, 0 removed; ");
        assertThat(index("--chunker", "SENTENCE")).isZero();
        assertThat(shell.out()).startsWith("0 added, 0 updated, 3 unchanged, 0 removed; ");
        assertThat(index("--chunker", "hierarchical")).isZero();
        assertThat(shell.out()).startsWith("0 added, 3 updated, 0 unchanged, 0 removed; ");
        assertThat(index("--chunker", "none")).isEqualTo(2);
        assertThat(shell.err()).contains("'none'", "STRUCTURE");
    }

    @Test
    void printsJsonWhoseSpansAreThePassages() throws IOException {
        index();
        assertThat(shell.run("search", corpus, "tides", "--json", "-k", "1")).isZero();
        JsonNode hit = new ObjectMapper().readTree(shell.out()).get("hits").get(0);
        assertThat(hit.get("document").asText()).isEqualTo("moon.txt");
        String source = Files.readString(docs.resolve("moon.txt"));
        assertThat(source.substring(hit.get("start").asInt(), hit.get("end").asInt()))
                .isEqualTo(hit.get("text").asText());
        assertThat(hit.get("signals").get("dense").get("rank").asInt()).isEqualTo(1);
        assertThat(hit.get("metadata").get("title").asText()).isEqualTo("moon.txt");
        assertThat(shell.out().lines()).hasSize(1);
    }

    @Test
    void printsNumberedPassagesForAModelWithinATokenBudget() {
        index();
        assertThat(shell.run("search", corpus, "rise over night", "--context", "500"))
                .isZero();
        assertThat(shell.out())
                .startsWith("[1] bread.html: Sourdough\n")
                .contains("rise over night & bake it hot.\n\n[2] ")
                .doesNotContain("<p>", "score");
        assertThat(shell.run("search", corpus, "rise over night", "--context", "5"))
                .isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("bread.html: left out: with it there would be ");
        assertThat(shell.run("search", corpus, "dough", "--context", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("must be positive: 0");
        assertThat(shell.run("search", corpus, "dough", "--context", "9", "--json"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("neither --json nor --explain");
        assertThat(shell.run("search", corpus, "dough", "--context", "9", "--why-not", "a"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--context and --why-not exclude each other");
    }

    @Test
    void searchesByOneHalfWhenAsked() {
        index();
        assertThat(shell.run("search", corpus, "dough", "--mode", "sparse", "--explain"))
                .isZero();
        assertThat(shell.out()).contains("1. bread.html", "BM25", "total").doesNotContain("dense");
        assertThat(shell.out()).contains("rise over night & bake").doesNotContain("<p>");
        assertThat(shell.run("search", corpus, "dough", "--mode", "dense", "-k", "1"))
                .isZero();
        assertThat(shell.out()).contains("1. bread.html", "dense").doesNotContain("BM25", "\n2. ");
    }

    @Test
    void explainsWhatScoresAreMadeOf() throws IOException {
        index();
        assertThat(shell.run("search", corpus, "dough", "--explain", "--fusion", "rrf?k=5"))
                .isZero();
        assertThat(shell.out())
                .containsPattern("1\\.0000 = 0\\.50 x 1\\.0000 \\(dense 0\\.\\d{4}\\)"
                        + " \\+ 0\\.50 x 1\\.0000 \\(BM25 \\d\\.\\d{4}\\)")
                .containsPattern("dough = text \\d\\.\\d{4} \\(idf \\d\\.\\d\\d, tf 0\\.\\d\\d");
        assertThat(shell.run("search", corpus, "dough", "--explain", "--json")).isZero();
        JsonNode root = new ObjectMapper().readTree(shell.out());
        JsonNode best = root.get("explanations").get(0);
        assertThat(best.get("dense").get("contribution").asDouble()
                        + best.get("sparse").get("contribution").asDouble())
                .isEqualTo(root.get("hits").get(0).get("score").asDouble(), within(1e-9));
        assertThat(best.get("terms").get(0).get("term").asText()).isEqualTo("dough");
    }

    @Test
    void saysWhyADocumentIsNotAHit() throws IOException {
        index();
        assertThat(shell.run("search", corpus, "dough", "-k", "1", "--why-not", "moon.txt"))
                .isZero();
        assertThat(shell.out())
                .startsWith("moon.txt is at rank ")
                .contains("behind the 1 hits; dense ", "no term in common")
                .hasLineCount(1);
        assertThat(shell.run("search", corpus, "dough", "--why-not", "sun.txt")).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("the corpus has no document sun.txt");
        assertThat(shell.run(
                        "search",
                        corpus,
                        "dough",
                        "--filter",
                        "extension == 'txt'",
                        "--why-not",
                        "bread.html",
                        "--json"))
                .isZero();
        JsonNode answer = new ObjectMapper().readTree(shell.out());
        assertThat(answer.get("reason").asText()).isEqualTo("filtered");
        assertThat(answer.get("failed").get(0).asText()).isEqualTo("extension == 'txt'");
    }

    @Test
    void feedbackAddsTermsToTheQuestion() {
        index();
        assertThat(shell.run("search", corpus, "tides", "--mode", "sparse")).isZero();
        String plain = shell.out();
        assertThat(shell.run("search", corpus, "tides", "--mode", "sparse", "--feedback"))
                .isZero();
        assertThat(shell.out()).contains("1. moon.txt").isNotEqualTo(plain);
    }

    @Test
    void refusesAFusionThatDoesNotExist() {
        index();
        assertThat(shell.run("search", corpus, "key", "--fusion", "cold")).isEqualTo(2);
        assertThat(shell.err()).contains("unknown fusion: cold, expected min-max");
    }

    @Test
    void aCorpusKeepsToItsLanguage() throws IOException {
        Files.writeString(docs.resolve("haus.txt"), "Die Häuser stehen am Ufer.");
        assertThat(shell.run("index", docs, "--corpus", corpus, "--language", "german"))
                .isZero();
        assertThat(shell.run("search", corpus, "Haus", "--mode", "sparse")).isZero();
        assertThat(shell.out()).contains("1. haus.txt");
        assertThat(shell.run("index", docs, "--corpus", corpus)).isZero();
        assertThat(shell.run("index", docs, "--corpus", corpus, "--language", "french"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("analysis GERMAN", "FRENCH");
    }

    @Test
    void filtersByFields() {
        index();
        assertThat(shell.run("search", corpus, "key", "--filter", "extension == 'txt'"))
                .isZero();
        assertThat(shell.out()).contains("moon.txt").doesNotContain("vault.md");
    }

    @Test
    void pointsAtTheMistakeInAFilter() {
        index();
        assertThat(shell.run("search", corpus, "key", "--filter", "size > 10 &&"))
                .isEqualTo(2);
        assertThat(shell.err())
                .startsWith("kith: ")
                .contains("  size > 10 &&\n  " + " ".repeat("size > 10 &&".length()) + "^\n");
        assertThat(shell.run("search", corpus, "key", "--filter", "colour == 'red'"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("unknown field: colour").contains("extension");
        assertThat(shell.run("search", corpus, "key", "--filter", "size == 'big'"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("field size is of type long").hasLineCount(1);
    }

    @Test
    void findsNothingInAnEmptyFolderAndEverythingWhenAskedForMoreThanThereIs() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(shell.run("index", empty, "--corpus", corpus))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).startsWith("0 added, 0 updated, 0 unchanged, 0 removed; ");
        assertThat(shell.run("search", corpus, "key")).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("nothing found");
        assertThat(shell.run("verify", corpus)).as(shell.err()).isZero();
        index();
        assertThat(shell.run("search", corpus, "key", "--mode", "dense", "-k", "2147483647"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).contains("vault.md", "bread.html", "moon.txt");
    }

    @Test
    void embedsOnlyWhatChangedAndForgetsWhatVanished() throws IOException {
        index();
        assertThat(index()).isZero();
        assertThat(shell.out())
                .startsWith(
                        "0 added, 0 updated, 3 unchanged, 0 removed; 0 new passages, 0 embedded");

        Files.writeString(docs.resolve("vault.md"), KEYS + "\n## Sealing\n\nSeal it at night.\n");
        Files.delete(docs.resolve("bread.html"));
        Files.writeString(docs.resolve("new.txt"), "Something else.");
        assertThat(index()).isZero();
        assertThat(shell.out()).startsWith("1 added, 1 updated, 1 unchanged, 1 removed; ");
        assertThat(shell.run("search", corpus, "sourdough", "--mode", "sparse")).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("nothing found");
    }

    @Test
    void leavesOtherFoldersAlone() throws IOException {
        index();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("tea.txt"), "Green tea is steeped below the boil.");
        Files.writeString(other.resolve("moon.txt"), "A moon of another folder.");
        assertThat(shell.run("index", other, "--corpus", corpus)).isEqualTo(1);
        assertThat(shell.out()).startsWith("1 added, 0 updated, 0 unchanged, 0 removed");
        assertThat(shell.err())
                .contains("moon.txt: skipped: the corpus has a file of that name from");
        shell.run("search", corpus, "tides", "-k", "1");
        assertThat(shell.out()).contains("pulls the sea");
    }

    @Test
    void reportsFilesThatAreNoTextAndGoesOn() throws IOException {
        Files.write(docs.resolve("image.md"), new byte[] {'a', 0, 'b'});
        Files.write(docs.resolve("latin.txt"), new byte[] {'c', 'a', 'f', (byte) 0xE9, ' '});
        Files.writeString(docs.resolve("large.txt"), "x".repeat(2000));
        assertThat(index("--max-file-size", "1K")).isEqualTo(1);
        assertThat(shell.out()).startsWith("3 added").contains(", 3 files skipped");
        assertThat(shell.err())
                .contains("image.md: skipped: binary: byte 1 is NUL")
                .contains("latin.txt: skipped: invalid UTF-8 at byte 3 (0xe9)")
                .contains("large.txt: skipped: larger than the limit of 1024 bytes")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesALineOfAHundredMegabytesWithoutReadingIt() throws IOException {
        try (FileChannel large = FileChannel.open(
                docs.resolve("line.txt"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                large.write(ByteBuffer.wrap(part));
            }
        }
        assertThat(index()).isEqualTo(1);
        assertThat(shell.err())
                .contains("line.txt: skipped: larger than the limit of 33554432 bytes"
                        + " (--max-file-size): 104857600");
        assertThat(shell.out()).startsWith("3 added");
    }

    @Test
    void refusesToWriteACorpusThatIsOpenElsewhereButReadsIt() throws IOException {
        index();
        try (Embedder embedder = new CorpusOptions().embedder();
                Corpus open = Corpus.open(corpus, CorpusOptions.config(embedder))) {
            assertThat(index()).isEqualTo(1);
            assertThat(shell.err()).contains("corpus " + corpus + " is open for writing elsewhere");
            assertThat(shell.run("search", corpus, "tides", "-k", "1"))
                    .as(shell.err())
                    .isZero();
            assertThat(open.stats().documents()).isEqualTo(3);
        }
    }

    @Test
    void keepsTheLastVersionOfAFileThatCannotBeReadAnyMore() throws IOException {
        index();
        Files.write(docs.resolve("moon.txt"), new byte[] {0, 1, 2});
        assertThat(index()).isEqualTo(1);
        assertThat(shell.out()).startsWith("0 added, 0 updated, 3 unchanged, 0 removed");
        shell.run("search", corpus, "tides", "-k", "1");
        assertThat(shell.out()).contains("pulls the sea");
    }

    @Test
    void refusesPathsThatAreNotWhatTheyShouldBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no corpus");
        assertThat(shell.run("index", docs, "--corpus", file)).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("kith: " + file + ": not a directory\n");
        assertThat(shell.run("search", file, "key")).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("kith: " + file + ": not a directory\n");
        assertThat(shell.run("search", corpus, "key")).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("kith: " + corpus + ": no corpus here\n");
        assertThat(shell.run("index", docs, "--corpus", docs)).isEqualTo(1);
        assertThat(shell.err()).contains("not a corpus: ");
        assertThat(shell.run("index", folder.resolve("none"), "--corpus", corpus))
                .isEqualTo(1);
        assertThat(shell.err()).contains("none: no such file or directory");
        assertThat(corpus).doesNotExist();
    }

    @Test
    void aModelsFolderIsUsedWithTheSettingsBesideTheModel() throws IOException {
        Object[] question = {"search", corpus, "what pulls the sea?", "--mode", "dense", "-k", 1};
        assertThat(index()).as(shell.err()).isZero();
        assertThat(shell.run(question)).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("1. moon.txt");

        corpus = folder.resolve("other kb");
        Path model = ModelOnDisk.in(folder);
        assertThat(index("--model", model)).as(shell.err()).isZero();
        assertThat(shell.run("inspect", corpus)).isZero();
        assertThat(shell.out())
                .contains(ModelOnDisk.SETTINGS + "SPLIT,'" + ModelOnDisk.QUERY_PREFIX + "',''");
        // With such a prefix every question is one about bread.
        Object[] asked = {
            "search", corpus, "what pulls the sea?", "--mode", "dense", "-k", 1, "--model", model
        };
        assertThat(shell.run(asked)).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("1. bread.html");

        ModelOnDisk.pooling(model, 100);
        assertThat(shell.run(asked)).isEqualTo(1);
        assertThat(shell.err())
                .contains("1_Pooling")
                .contains("word_embedding_dimension is 100, but the model's vectors have 384");
    }

    @Test
    void namesTheModelFileThatIsMissing() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("model"));
        Path none = folder.resolve("none");
        assertThat(index("--model", empty)).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("kith: " + empty.resolve("model.onnx") + ": expected model.onnx, ");
        assertThat(index("--model", none)).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("kith: " + none + ": expected a model's folder\n");
        assertThat(corpus).doesNotExist();
        index();
        assertThat(shell.run("search", corpus, "key", "--rerank", empty)).isEqualTo(1);
        assertThat(shell.err())
                .startsWith("kith: " + empty.resolve("model.onnx") + ": expected model.onnx, ");
        Files.createFile(empty.resolve("model.onnx"));
        assertThat(shell.run("search", corpus, "key", "--rerank", empty)).isEqualTo(1);
        assertThat(shell.err())
                .startsWith(
                        "kith: " + empty.resolve("tokenizer.json") + ": expected the tokenizer");
    }

    @Test
    void widensPassagesAndSaysWhereItFoundSomething() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("Paragraph ")
                    .append(i)
                    .append(" is about sheep, which graze on hill ")
                    .append(i);
            text.append(" and come down in winter.\n\n");
        }
        text.append("The zeppelin lands.\n\n");
        text.append("Sheep look on, flock by flock, and go back to their grass. ".repeat(30));
        Files.writeString(docs.resolve("sheep.txt"), text);
        index();
        assertThat(shell.run("search", corpus, "zeppelin", "--mode", "sparse", "--json"))
                .isZero();
        JsonNode chunk = new ObjectMapper().readTree(shell.out()).get("hits").get(0);
        assertThat(shell.run(
                        "search",
                        corpus,
                        "zeppelin",
                        "--mode",
                        "sparse",
                        "--json",
                        "--neighbours",
                        "1"))
                .isZero();
        JsonNode wide = new ObjectMapper().readTree(shell.out()).get("hits").get(0);
        assertThat(wide.get("text").asText().length())
                .isGreaterThan(chunk.get("text").asText().length());
        assertThat(wide.get("found").get(0).get("start")).isEqualTo(chunk.get("start"));
        assertThat(text.substring(wide.get("start").asInt(), wide.get("end").asInt()))
                .isEqualTo(wide.get("text").asText());
        assertThat(shell.run("search", corpus, "zeppelin", "--mode", "sparse", "--neighbours", "1"))
                .isZero();
        assertThat(shell.out())
                .contains("  found at [" + chunk.get("start") + ", " + chunk.get("end") + ")");
        assertThat(shell.run("search", corpus, "key", "--parent", "--neighbours", "1"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--parent and --neighbours exclude each other");
    }

    @Test
    void printsTheSectionAroundAPassage() throws IOException {
        String section = "# Sheep\n\n"
                + "They graze on the hill and come down in winter, one after another.\n\n"
                        .repeat(50)
                + "The zeppelin lands.";
        String text = section + "\n\n# Goats\n\nGoats climb.\n";
        Files.writeString(docs.resolve("sheep.md"), text);
        index();
        assertThat(shell.run(
                        "search", corpus, "zeppelin", "--mode", "sparse", "--json", "--parent"))
                .isZero();
        JsonNode hit = new ObjectMapper().readTree(shell.out()).get("hits").get(0);
        assertThat(hit.get("text").asText().strip()).isEqualTo(section);
        assertThat(hit.get("headings").get(0).asText()).isEqualTo("Sheep");
        assertThat(hit.get("found").get(0).get("start").asInt()).isPositive();
    }

    @Test
    void groupsPassagesByDocument() throws IOException {
        Files.writeString(
                docs.resolve("two.md"),
                "# One\n\nSourdough.\n\n# Two\n\nMore sourdough, sourdough.\n");
        index();
        assertThat(shell.run(
                        "search",
                        corpus,
                        "sourdough",
                        "--mode",
                        "sparse",
                        "-k",
                        "1",
                        "--group",
                        "2",
                        "--json"))
                .isZero();
        JsonNode hits = new ObjectMapper().readTree(shell.out()).get("hits");
        assertThat(hits)
                .extracting(hit -> hit.get("document").asText())
                .containsExactly("two.md", "two.md");
    }

    @Test
    void refusesABadQuestion() {
        index();
        assertThat(shell.run("search", corpus, " ")).isEqualTo(2);
        assertThat(shell.err()).contains("the query is empty");
        assertThat(shell.run("search", corpus, "key", "-k", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("k must be positive: 0");
        assertThat(shell.run("search", corpus, "key", "--mode", "psychic")).isEqualTo(2);
        assertThat(shell.err()).contains("--mode");
        assertThat(shell.run("search", corpus)).isEqualTo(2);
    }

    @Test
    void inspectAndVerifyKnowACorpus() throws IOException {
        index();
        assertThat(shell.run("inspect", corpus)).as(shell.err()).isZero();
        assertThat(shell.out())
                .containsPattern("documents +3")
                .containsPattern("embedder +\\S+")
                .containsPattern("extension +string")
                .containsPattern("modified +instant");
        assertThat(shell.run("verify", corpus)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("kb: ok, 3 documents");
    }

    @Test
    void verifyFindsADamagedFileOfACorpus() throws IOException {
        index();
        Path largest;
        try (Stream<Path> files = Files.list(corpus)) {
            largest = files.max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 4;
        Files.write(largest, bytes);
        assertThat(shell.run("verify", corpus)).isEqualTo(1);
        assertThat(shell.err()).startsWith("kith: " + corpus + ": ");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void terminalCommandsInATextStayText() throws IOException {
        Files.writeString(docs.resolve("evil.txt"), "tulips \u001b]0;pwned\u0007 bloom");
        index();
        shell.run("search", corpus, "tulips", "-k", "1");
        assertThat(shell.out())
                .contains("evil.txt")
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
    }
}
