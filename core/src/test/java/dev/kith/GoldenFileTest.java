package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the file of every format version that was ever released. A new version adds a file beside the old ones;
 * {@code -Dtests.golden=overwrite} writes the newest again.
 */
class GoldenFileTest {
    private static final Path FLAT_1 = Path.of("src/test/resources/golden/flat-v1.kith");

    @TempDir
    private static Path folder;

    private static Path written;

    @BeforeAll
    static void write() throws Exception {
        written = folder.resolve("flat.kith");
        Vectors rows = Vectors.of(
                new float[] {1, 0, 0},
                new float[] {0, 2, 0},
                new float[] {-1, 0.5f, 3},
                new float[] {1, 1, 1});
        BuildContext context = BuildContext.defaults().withThreads(1);
        try (VectorIndex index = VectorIndex.build(rows, new FlatSpec(Metric.COSINE), context)) {
            index.save(written);
        }
        if ("overwrite".equals(System.getProperty("tests.golden"))) {
            Files.createDirectories(FLAT_1.getParent());
            Files.copy(written, FLAT_1, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void writesWhatVersionOneIs() throws Exception {
        assertThat(Files.readAllBytes(written)).isEqualTo(Files.readAllBytes(FLAT_1));
    }

    @Test
    void opensVersionOneOfTheFlatIndex() throws Exception {
        for (VectorIndex index : List.of(VectorIndex.open(FLAT_1), VectorIndex.load(FLAT_1))) {
            assertFlat(index);
            index.close();
        }
    }

    private static void assertFlat(VectorIndex index) throws IOException {
        assertThat(index.spec()).isEqualTo(new FlatSpec(Metric.COSINE));
        assertThat(index.size()).isEqualTo(4);
        assertThat(index.vectors().row(2)).containsExactly(-1, 0.5f, 3);
        SearchResult found = index.search(SearchRequest.of(new float[] {0, 1, 1}, 3));
        assertThat(found.rows()).containsExactly(3, 2, 1);
        assertThat(found.cost()).isEqualTo(new Cost(4, 0, 256));
    }
}
