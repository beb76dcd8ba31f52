package dev.kith.qg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A file as it was written when its format was new, and what it answers. Components are small whole numbers, so that
 * distances are the same on every processor; the bytes of a new build need not be, since codes depend on the width of its
 * vectors. Run with {@code -Dtests.golden=overwrite} to accept a change, which needs a new format version.
 */
class QgGoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final Path ANSWERS = FOLDER.resolve("qg-v2-answers.txt");
    private static final Path OLD_FILE = FOLDER.resolve("qg-v1.kith");
    private static final Path OLD_ANSWERS = FOLDER.resolve("qg-answers.txt");
    private static final Path FILE = FOLDER.resolve("qg-v2.kith");
    private static final int SIZE = 100;
    private static final QgSpec SPEC = QgSpec.of(Metric.EUCLIDEAN).withSeed(7);

    @BeforeAll
    static void accept() throws Exception {
        if ("overwrite".equals(System.getProperty("tests.golden"))) {
            try (VectorIndex index =
                    VectorIndex.build(Vectors.of(rows(SIZE, 1)), SPEC, BuildContext.defaults())) {
                Files.createDirectories(FOLDER);
                index.save(FILE);
                Files.writeString(ANSWERS, answers(index));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Residency.class)
    void readsAFileOfVersion1(Residency residency) throws IOException {
        try (VectorIndex index = VectorIndex.open(IndexImage.open(OLD_FILE, residency))) {
            assertThat(index.image().version()).isEqualTo(1);
            assertThat(index.spec()).isEqualTo(SPEC.withBits(1).withEfConstruction(64));
            assertThat(answers(index)).isEqualTo(Files.readString(OLD_ANSWERS));
        }
    }

    @ParameterizedTest
    @EnumSource(Residency.class)
    void readsAFileOfVersion2(Residency residency) throws IOException {
        try (VectorIndex index = VectorIndex.open(IndexImage.open(FILE, residency))) {
            assertThat(index.image().version()).isEqualTo(2);
            assertThat(index.spec()).isEqualTo(SPEC);
            assertThat(answers(index)).isEqualTo(Files.readString(ANSWERS));
        }
    }

    private static String answers(VectorIndex index) {
        StringBuilder text = new StringBuilder();
        for (float[] query : rows(5, 2)) {
            SearchRequest request = SearchRequest.of(query, 5).withEffort(SIZE);
            text.append(answer(index, request));
            text.append(answer(index, request.withAllowed(RowMask.of(SIZE, 3, 9, 77))));
        }
        return text.toString();
    }

    private static String answer(VectorIndex index, SearchRequest request) {
        var found = index.search(request);
        return Arrays.toString(found.rows()) + " " + Arrays.toString(found.distances()) + "\n";
    }

    /** Components in [0, 10), and every tenth row a copy of the one before it. */
    private static float[][] rows(int size, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[size][5];
        for (int row = 0; row < size; row++) {
            for (int i = 0; i < 5; i++) {
                rows[row][i] = row % 10 == 9 ? rows[row - 1][i] : random.nextInt(10);
            }
        }
        return rows;
    }
}
