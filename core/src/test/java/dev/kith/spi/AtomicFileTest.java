package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFile() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "the old one");
        AtomicFile.write(file, sink -> sink.write("xnewx".getBytes("UTF-8"), 1, 3));
        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void leavesTheOldFileAndNothingElseWhenTheDiskIsFull() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "the old one");
        for (int room : new int[] {0, 1, 100_000}) {
            assertThatThrownBy(() -> AtomicFile.write(file, sink -> {
                        sink.write(new byte[room], 0, room);
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
        }
        assertThat(Files.readString(file)).isEqualTo("the old one");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void leavesNothingWhenTheTargetIsAFolder() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("target/inside"));
        assertThatThrownBy(() -> AtomicFile.write(inside.getParent(), sink -> {}))
                .isInstanceOf(IOException.class);
        assertThat(files()).containsExactly(inside.getParent());
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> AtomicFile.write(missing.resolve("file"), sink -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
    }

    @Test
    void anInterruptedSaveLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "the old one");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> AtomicFile.write(file, sink -> sink.write(new byte[9], 0, 9)))
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file)).isEqualTo("the old one");
        assertThat(files()).containsExactly(file);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
