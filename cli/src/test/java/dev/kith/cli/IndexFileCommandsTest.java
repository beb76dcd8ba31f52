package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inspect} and {@code verify} on index files, whole and damaged. */
final class IndexFileCommandsTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void saveAnIndex() throws IOException, InterruptedException {
        file = folder.resolve("small index.kith");
        Vectors rows = Vectors.of(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        try (VectorIndex index = VectorIndex.build(
                rows, IndexSpec.parse("flat?metric=cosine"), BuildContext.defaults())) {
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
