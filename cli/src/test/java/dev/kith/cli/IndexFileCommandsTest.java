package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Residency;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inspect} and {@code verify} on index files, whole and damaged. */
final class IndexFileCommandsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void saveAnIndex() throws IOException, InterruptedException {
        save(IndexSpec.parse("flat?metric=cosine"));
    }

    private void save(IndexSpec spec) throws IOException, InterruptedException {
        file = folder.resolve("small index.kith");
        Vectors rows = Vectors.of(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        try (VectorIndex index = VectorIndex.build(rows, spec, BuildContext.defaults())) {
            index.save(file);
        }
    }

    @Test
    void inspectSaysWhatTheFileHolds() {
        assertThat(shell.run("inspect", file)).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("family   flat (FLAT)")
                .containsPattern("metric +cosine")
                .containsPattern("dimension +2")
                .containsPattern("size +3")
                .contains("CRC-32C");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void verifyConfirmsAWholeFile() {
        assertThat(shell.run("verify", file)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("small index.kith: ok, ");
    }

    @Test
    void verifyFindsAFlippedBitInTheBulk() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 80] ^= 1;
        Files.write(file, bytes);
        assertThat(shell.run("verify", file)).isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .startsWith("kith: " + file + ", offset ")
                .contains("CRC-32C")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flat?metric=cosine", "hnsw?metric=euclidean&m=4", "qg?metric=dot_product"})
    void everyFlippedBitEndsInOneLineWithTheFile(String spec) throws Exception {
        save(IndexSpec.parse(spec));
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThat(shell.run("verify", file)).as("byte %d of %s", at, spec).isEqualTo(1);
            assertThat(shell.err()).startsWith("kith: " + file).hasLineCount(1);
            assertThat(shell.run("inspect", file)).as("byte %d of %s", at, spec).isIn(0, 1);
            assertThat(shell.err().lines().count()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void bothRefuseAFileOfANewerVersion() throws IOException {
        try (IndexImage image = IndexImage.open(file, Residency.HEAP)) {
            IndexImage.builder(image.family(), 7, image.parameters()).build().save(file);
        }
        for (String command : new String[] {"inspect", "verify"}) {
            assertThat(shell.run(command, file)).isEqualTo(1);
            assertThat(shell.err())
                    .isEqualToNormalizingNewlines("kith: " + file
                            + ": needs a reader of format version 7 or newer, this one reads up to"
                            + " 1\n");
        }
    }

    @Test
    void bothRefuseATruncatedFile() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        for (String command : new String[] {"inspect", "verify"}) {
            assertThat(shell.run(command, file)).isEqualTo(1);
            assertThat(shell.err())
                    .contains("expected " + bytes.length + " bytes, found " + (bytes.length - 1));
        }
    }

    @Test
    void bothRefuseAForeignFileAndAnEmptyOne() throws IOException {
        Path foreign = Files.writeString(folder.resolve("page.html"), "<p>".repeat(100));
        Path empty = Files.createFile(folder.resolve("empty"));
        for (String command : new String[] {"inspect", "verify"}) {
            assertThat(shell.run(command, foreign)).isEqualTo(1);
            assertThat(shell.err()).contains("the magic of a Kith index file");
            assertThat(shell.run(command, empty)).isEqualTo(1);
            assertThat(shell.err()).contains("found 0 bytes");
        }
    }
}
