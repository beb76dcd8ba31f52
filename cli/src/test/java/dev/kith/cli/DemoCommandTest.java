package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path home;

    @Test
    void asksTheDocumentationAndEmbedsItOnlyOnce() throws IOException {
        Files.createDirectories(home.resolve("docs/decisions"));
        Files.writeString(home.resolve("README.md"), "# Kith\n\nStart here.\n");
        Files.writeString(
                home.resolve("docs/decisions/lucene.md"),
                "# Decisions\n\n## Lucene stores\n\nDocuments are stored in Lucene: it has commits.\n");
        Files.writeString(home.resolve("NOTES.md"), "# Not documentation\n");

        assertThat(shell.run("demo", "--home", home)).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("corpus  2 files of ", "2 added, 0 updated, 0 unchanged")
                .contains("1. docs/decisions/lucene.md  Decisions > Lucene stores  [")
                .contains("embed question", "dense ", "BM25 ", "fused ", "total ");

        assertThat(shell.run("demo", "--home", home)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("2 unchanged, 0 removed; 0 new passages, 0 embedded");
    }

    @Test
    void makesACorpusAnewThatItCannotGoOnWith() throws IOException {
        Files.writeString(home.resolve("README.md"), "# Kith\n\nStart here.\n");
        Path corpus = Files.createDirectories(home.resolve(".kith/demo"));
        Files.writeString(corpus.resolve("leftover"), "of another version");
        assertThat(shell.run("demo", "--home", home)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("1 added");
    }
}
