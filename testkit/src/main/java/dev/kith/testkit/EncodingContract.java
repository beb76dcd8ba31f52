package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.Vectors;
import dev.kith.spi.Encoding;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every encoding promises: rows that come back, and scorers that agree with them wherever the rows live. */
public abstract class EncodingContract {
    private static final long SEED = 20260103;
    private static final int SIZE = 77;

    @TempDir
    Path folder;

    /** For encodings' tests. */
    protected EncodingContract() {}

    /** The encoding under test. */
    protected abstract Encoding encoding(int dimension, Metric metric);

    /** How far a component may be from what was encoded, and a distance from that to the decoded row. */
    protected abstract double tolerance();

    /** Dimensions to try. */
    protected int[] dimensions() {
        return new int[] {1, 15, 16, 17, 100, 702};
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void decodesWhatItEncoded(Metric metric) throws Exception {
        for (int dimension : dimensions()) {
            Vectors rows = TestVectors.clustered(SIZE, dimension, SEED);
            Encoding encoding = encoding(dimension, metric);
            assertThat(encoding.stride() % 64).as("strides fill cache lines").isZero();
            assertThat(encoding.dimension()).isEqualTo(dimension);
            assertThat(encoding.metric()).isEqualTo(metric);
            Vectors back = encoding.decoded(encode(encoding, rows));
            for (int row = 0; row < SIZE; row++) {
                assertThat(back.row(row))
                        .containsExactly(rows.row(row), within((float) tolerance()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void scoresAreDistancesToDecodedRows(Metric metric) throws Exception {
        for (int dimension : dimensions()) {
            Encoding encoding = encoding(dimension, metric);
            HeapRecords encoded = encode(encoding, TestVectors.clustered(SIZE, dimension, SEED));
            Vectors decoded = encoding.decoded(encoded);
            Scorer scorer = encoding.scorer(encoded);
            for (float[] query : TestVectors.queries(5, SIZE, dimension, SEED)) {
                scorer.query(query);
                for (int row = 0; row < SIZE; row++) {
                    double exact = BruteForce.distance(query, decoded.row(row), metric);
                    assertThat((double) scorer.distance(row))
                            .as("%s, dimension %d, row %d, seed %d", metric, dimension, row, SEED)
                            .isCloseTo(exact, within(tolerance() * (1 + Math.abs(exact))));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void scoresAreTheSameOneByOneInBulkAndMapped(Metric metric) throws Exception {
        for (int dimension : dimensions()) {
            Encoding encoding = encoding(dimension, metric);
            HeapRecords heap = encode(encoding, TestVectors.clustered(SIZE, dimension, SEED));
            float[] query = TestVectors.queries(1, SIZE, dimension, SEED)[0];
            try (IndexImage image = mapped(heap)) {
                Records mapped = image.records(1, encoding.stride(), SIZE);
                for (Scorer scorer : List.of(encoding.scorer(heap), encoding.scorer(mapped))) {
                    scorer.query(query);
                    assertBulk(scorer, scores(encoding.scorer(heap), query));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aRowIsAQueryLikeAnyOther(Metric metric) throws Exception {
        for (int dimension : dimensions()) {
            Encoding encoding = encoding(dimension, metric);
            HeapRecords rows = encode(encoding, TestVectors.clustered(SIZE, dimension, SEED));
            Scorer scorer = encoding.scorer(rows);
            for (int row = 0; row < SIZE; row += 9) {
                scorer.query(row);
                float[] decoded = encoding.decoded(rows).row(row);
                assertBulk(scorer, scores(encoding.scorer(rows), decoded));
            }
        }
    }

    private static void assertBulk(Scorer scorer, float[] expected) {
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 31, SIZE}) {
            int[] rows =
                    IntStream.range(0, count).map(i -> (i * 30 + count) % SIZE).toArray();
            float[] out = new float[count];
            scorer.distances(rows, count, out);
            for (int i = 0; i < count; i++) {
                assertThat(out[i]).as("row %d of %d", i, count).isEqualTo(expected[rows[i]]);
            }
        }
    }

    private static float[] scores(Scorer scorer, float[] query) {
        scorer.query(query);
        float[] scores = new float[SIZE];
        for (int row = 0; row < SIZE; row++) {
            scores[row] = scorer.distance(row);
        }
        return scores;
    }

    private static HeapRecords encode(Encoding encoding, Vectors rows) throws InterruptedException {
        return encoding.encode(rows, BuildContext.defaults().withThreads(2));
    }

    private IndexImage mapped(HeapRecords rows) throws IOException {
        Path file = folder.resolve("rows.kith");
        IndexImage.builder("TEST", 1, Map.of()).section(1, rows).build().save(file);
        return IndexImage.open(file, Residency.MAPPED);
    }
}
