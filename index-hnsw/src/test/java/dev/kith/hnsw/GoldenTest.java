package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.spi.IndexImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers and their cost, and a file, as they were when they were last looked at. Components are small whole numbers, so
 * that distances are exact and the same on every processor. Run with {@code -Dtests.golden=overwrite} to accept a change;
 * a change of the file needs a new format version.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final Path ANSWERS = FOLDER.resolve("answers.txt");
    private static final Path CODED_ANSWERS = FOLDER.resolve("coded-answers.txt");
    private static final Path FILE_1 = FOLDER.resolve("hnsw-v1.kith");
    private static final Path FILE_2 = FOLDER.resolve("hnsw-v2.kith");
    private static final int SIZE = 120;
    private static final HnswSpec SPEC = new HnswSpec(Metric.EUCLIDEAN, 4, 20, 42, "none");
    private static final HnswSpec CODED = SPEC.withCodes("int8");

    @BeforeAll
    static void accept() throws IOException {
        if ("overwrite".equals(System.getProperty("tests.golden"))) {
            try (VectorIndex index = Fixtures.build(rows(SIZE, 1), SPEC, 2)) {
                Files.createDirectories(FOLDER);
                Files.writeString(ANSWERS, answers(index));
            }
            try (VectorIndex index = Fixtures.build(wide(rows(SIZE, 1)), CODED, 2)) {
                Files.writeString(CODED_ANSWERS, answers(index));
                Files.write(FILE_2, GraphTest.bytes(index));
            }
        }
    }

    @Test
    void answersAtTheCostItHadBefore() throws IOException {
        try (VectorIndex index = Fixtures.build(rows(SIZE, 1), SPEC, 2)) {
            assertThat(answers(index)).isEqualTo(Files.readString(ANSWERS));
        }
        try (VectorIndex index = Fixtures.build(wide(rows(SIZE, 1)), CODED, 2)) {
            assertThat(answers(index)).isEqualTo(Files.readString(CODED_ANSWERS));
        }
    }

    @Test
    void buildsTheBytesThatItBuiltBefore() throws IOException {
        try (VectorIndex index = Fixtures.build(wide(rows(SIZE, 1)), CODED, 2)) {
            assertThat(GraphTest.bytes(index)).isEqualTo(Files.readAllBytes(FILE_2));
        }
    }

    @ParameterizedTest
    @EnumSource(Residency.class)
    void readsAFileOfVersion1(Residency residency) throws IOException {
        try (VectorIndex index = VectorIndex.open(IndexImage.open(FILE_1, residency))) {
            assertThat(index.image().version()).isEqualTo(1);
            assertThat(index.spec()).isEqualTo(SPEC);
            assertThat(answers(index)).isEqualTo(Files.readString(ANSWERS));
        }
    }

    @ParameterizedTest
    @EnumSource(Residency.class)
    void readsAFileOfVersion2(Residency residency) throws IOException {
        try (VectorIndex index = VectorIndex.open(IndexImage.open(FILE_2, residency))) {
            assertThat(index.image().version()).isEqualTo(2);
            assertThat(index.spec()).isEqualTo(CODED);
            assertThat(answers(index)).isEqualTo(Files.readString(CODED_ANSWERS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hnsw-v1.kith", "hnsw-v2.kith"})
    void answersExactlyFromAFileWithoutCalibration(String file) throws Exception {
        try (VectorIndex index = VectorIndex.load(FOLDER.resolve(file));
                VectorIndex exact = VectorIndex.build(
                        index.vectors(), new FlatSpec(Metric.EUCLIDEAN), BuildContext.defaults())) {
            SearchRequest request = SearchRequest.of(index.vectors().row(7), 20);
            SearchResult found = index.search(request.withRecall(0.5));
            assertThat(found.rows()).isEqualTo(exact.search(request).rows());
            assertThat(found.cost().hops()).isZero();
        }
    }

    private static String answers(VectorIndex index) {
        BitSet even = new BitSet();
        for (int row = 0; row < SIZE; row += 2) {
            even.set(row);
        }
        StringBuilder text = new StringBuilder();
        float[][] queries = rows(6, 2);
        for (float[] query : index.spec().equals(CODED) ? wide(queries) : queries) {
            SearchRequest request = SearchRequest.of(query, 5);
            append(text, "ef 5", index.search(request.withEffort(5)));
            append(text, "ef 30", index.search(request.withEffort(30)));
            RowMask allowed = RowMask.of(even, SIZE);
            append(text, "even", index.search(request.withEffort(5).withAllowed(allowed)));
            append(text, "few", index.search(request.withAllowed(RowMask.of(SIZE, 3, 77))));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String what, SearchResult found) {
        text.append(what)
                .append(": ")
                .append(Arrays.toString(found.rows()))
                .append(' ')
                .append(Arrays.toString(found.distances()))
                .append(' ')
                .append(found.cost())
                .append('\n');
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

    /**
     * With three more components, 0, 510 and 0, which make a step of eight-bit codes 2 and a mean a multiple of 1/8: codes are
     * off by one where a component is odd, and their distances are exact all the same.
     */
    private static float[][] wide(float[][] rows) {
        float[][] wide = new float[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            wide[row] = Arrays.copyOf(rows[row], 8);
            wide[row][6] = 510;
        }
        return wide;
    }
}
