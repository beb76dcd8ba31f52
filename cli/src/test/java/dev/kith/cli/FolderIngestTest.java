package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cli.folder.Folder;
import dev.kith.cli.folder.Selection;
import dev.kith.retrieval.Corpus;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderIngestTest {
    @TempDir
    private Path root;

    /** A file that vanishes behind the listing fails as one without permission does, for any user. */
    @Test
    void skipsAFileThatCannotBeReadAndSaysWhy() throws Exception {
        Files.writeString(root.resolve("a.txt"), "A file.");
        Path lost = Files.writeString(root.resolve("lost.txt"), "Not for long.");
        Folder folder = new Folder(root, Selection.ALL, false, null);
        try (Embedder embedder = new CorpusOptions().embedder();
                Corpus corpus = Corpus.inMemory(CorpusOptions.config(embedder))) {
            FolderIngest.Outcome outcome = new FolderIngest(corpus, folder, 1000)
                    .run((stage, done, total) -> delete(lost));
            assertThat(outcome.complete()).isFalse();
            assertThat(outcome.report().added()).isEqualTo(1);
            assertThat(outcome.skipped()).singleElement().satisfies(skipped -> {
                assertThat(skipped.id()).isEqualTo("lost.txt");
                assertThat(Failure.reason(skipped.cause())).isEqualTo("no such file or directory");
            });
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
