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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every encoding promises: rows that come back, and scorers that agree with them, or estimate as they are documented to,
 * wherever the rows live.
 */
public abstract class EncodingContract {
    private static final long SEED = 20260103;
    private static final int SIZE = 77;

    /** How far a distance may be from that to the decoded row, as a share of what it is made of. */
    private static final double ROUNDING = 1e-6;

    @TempDir
    Path folder;

    /** For encodings' tests. */
    protected EncodingContract() {}

    /** The encoding under test. */
    protected abstract Encoding encoding(int dimension, Metric metric);

    /** How far a decoded component may be from what was encoded, 0 if the encoding is exact. */
    protected abstract double tolerance(float[] row);

    /** What a scorer gives, up to {@link #rounding}: unless it only estimates, the distance to the decoded row. */
    protected double distance(float[] query, float[] encoded, float[] decoded, Metric metric) {
        return BruteForce.distance(query, decoded, metric);
    }

    /** Half the distance of so many evenly spaced values over a row's range, and what floats of its size round. */
    protected static double halfStep(float[] row, int steps) {
        double least = row[0];
        double greatest = row[0];
        for (float component : row) {
            least = Math.min(least, component);
            greatest = Math.max(greatest, component);
        }
        double rounding = 1e-7 * Math.max(-least, greatest) + Float.MIN_VALUE;
        return (greatest - least) / (2 * steps) + rounding;
    }

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
                float[] encoded = rows.row(row);
                double tolerance = tolerance(encoded);
                assertThat(encoding.exact()).isEqualTo(tolerance == 0);
                assertThat(back.row(row)).containsExactly(encoded, within((float) tolerance));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void scoresAreDistancesToDecodedRows(Metric metric) throws Exception {
        for (int dimension : dimensions()) {
            Encoding encoding = encoding(dimension, metric);
            Vectors rows = TestVectors.clustered(SIZE, dimension, SEED);
            HeapRecords encoded = encode(encoding, rows);
            Vectors decoded = encoding.decoded(encoded);
            Scorer scorer = encoding.scorer(encoded);
            for (float[] query : TestVectors.queries(5, SIZE, dimension, SEED)) {
                scorer.query(query);
                for (int row = 0; row < SIZE; row++) {
                    assertThat((double) scorer.distance(row))
                            .as("%s, dimension %d, row %d, seed %d", metric, dimension, row, SEED)
                            .isCloseTo(
                                    distance(query, rows.row(row), decoded.row(row), metric),
                                    within(rounding(query, decoded.row(row), metric)));
                }
            }
        }
    }

    /** Zero, constant, far from the origin, huge, tiny, and one large component among small ones. */
    @ParameterizedTest
    @EnumSource(Metric.class)
    void unusualRowsKeepTheirDistances(Metric metric) throws Exception {
        int dimension = 100;
        float[][] rows = unusual(dimension);
        if (metric == Metric.COSINE) {
            rows = Arrays.copyOfRange(rows, 1, rows.length); // not zero
        }
        Encoding encoding = encoding(dimension, metric);
        HeapRecords encoded = encode(encoding, Vectors.of(rows));
        Vectors decoded = encoding.decoded(encoded);
        Scorer scorer = encoding.scorer(encoded);
        for (float[] query : rows) {
            scorer.query(query);
            for (int row = 0; row < rows.length; row++) {
                float[] back = decoded.row(row);
                assertThat(back).containsExactly(rows[row], within((float) tolerance(rows[row])));
                assertThat((double) scorer.distance(row))
                        .as("%s, row %d", metric, row)
                        .isCloseTo(
                                distance(query, rows[row], back, metric),
                                within(rounding(query, back, metric)));
            }
        }
    }

    /**
     * How far a scorer's distance may be from {@link #distance}.
     *
     * <p>A squared distance is made of how far components are from their means, and how far the means are apart; of the means
     * themselves only the square of what a float rounds may be left.
     */
    protected double rounding(float[] query, float[] row, Metric metric) {
        double terms = switch (metric) {
            case EUCLIDEAN ->
                BruteForce.distance(query, row, metric)
                        + squares(query, mean(query))
                        + squares(row, mean(row))
                        + 1e-8 * (squares(query, 0) + squares(row, 0));
            case DOT_PRODUCT -> Math.sqrt(squares(query, 0) * squares(row, 0));
            case COSINE -> 1;
        };
        return ROUNDING * terms;
    }

    /** The sum of the squares of what components are away from an origin. */
    protected static double squares(float[] vector, double origin) {
        double squares = 0;
        for (float component : vector) {
            squares += (component - origin) * (component - origin);
        }
        return squares;
    }

    /** The mean of the components. */
    protected static double mean(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += component;
        }
        return sum / vector.length;
    }

    private static float[][] unusual(int dimension) {
        float[][] rows = new float[7][dimension];
        Random random = new Random(SEED);
        Arrays.fill(rows[1], -0.3f);
        for (int i = 0; i < dimension; i++) {
            rows[2][i] = 1000 + random.nextFloat();
            rows[3][i] = 1e18f * (random.nextFloat() - 0.5f);
            rows[4][i] = 1e-19f * (random.nextFloat() - 0.5f);
            rows[5][i] = 1e-5f * random.nextFloat();
            rows[6][i] = 1e-3f * random.nextFloat();
        }
        rows[6][dimension - 1] = -100;
        return rows;
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
