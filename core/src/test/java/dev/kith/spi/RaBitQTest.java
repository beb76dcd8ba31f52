package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.ExactDistance;
import dev.kith.Metric;
import dev.kith.Vectors;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one bit a component tells of distances. */
class RaBitQTest {
    private static final long SEED = 29;
    private static final int DIMENSION = 200;
    private static final int ROWS = 400;
    private static final int QUERIES = 50;

    @Test
    void aBitIsTheSignOfARotatedComponent() {
        RaBitQ encoding = new RaBitQ(DIMENSION, Metric.DOT_PRODUCT);
        float[] row = rows(1, false)[0];
        HeapRecords records = encode(encoding, row);
        float[] rotated = new float[encoding.signs()];
        encoding.rotate(row, encoding.mean(row), 1, rotated);
        byte[] signs = new byte[encoding.constants()];
        records.readBytes(0, 0, signs, 0, signs.length);
        double squares = 0;
        double product = 0;
        for (int i = 0; i < rotated.length; i++) {
            assertThat((signs[i / 8] >> (i % 8) & 1) != 0).isEqualTo(rotated[i] >= 0);
            squares += (double) rotated[i] * rotated[i];
            product += Math.abs(rotated[i]);
        }
        assertThat(records.getFloat(0, signs.length))
                .as("factor")
                .isCloseTo((float) (squares / product), within(1e-5f));
        assertThat(records.getFloat(0, signs.length + 8))
                .as("squares")
                .isCloseTo((float) squares, within(1e-3f));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void estimatesAreWithoutBias(Metric metric) throws Exception {
        for (boolean clustered : new boolean[] {false, true}) {
            Errors errors = errors(metric, clustered, 1);
            assertThat(errors.mean).isCloseTo(0, within(0.1));
        }
    }

    /** Gauss's bell: 2.87 % lie beyond 1.9 deviations on one side, 0.13 % beyond three; the bound is never too narrow. */
    @ParameterizedTest
    @CsvSource({
        "EUCLIDEAN, 1.9, 0.0287",
        "DOT_PRODUCT, 1.9, 0.0287",
        "COSINE, 1.9, 0.0287",
        "EUCLIDEAN, 3, 0.0013",
        "DOT_PRODUCT, 3, 0.0013",
        "COSINE, 3, 0.0013"
    })
    void fewDistancesLieBeyondTheErrorBound(Metric metric, float deviations, double share)
            throws Exception {
        double more = share < 0.01 ? 2 : 1.2; // 26 of 20,000, give or take
        for (boolean clustered : new boolean[] {false, true}) {
            Errors errors = errors(metric, clustered, deviations);
            assertThat(errors.nearer).as("nearer, clustered " + clustered).isLessThan(more * share);
            assertThat(errors.farther).as("farther, " + clustered).isLessThan(more * share);
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void theErrorBoundIsNotMuchWiderThanErrors(Metric metric) throws Exception {
        Errors errors = errors(metric, false, 1);
        assertThat(errors.deviation).isBetween(0.9, 1.02);
    }

    /** Of estimates, in bounds: the mean, the root mean square, and the shares that lie beyond one on either side. */
    private record Errors(double mean, double deviation, double nearer, double farther) {}

    private static Errors errors(Metric metric, boolean clustered, float deviations)
            throws Exception {
        float[][] all = rows(ROWS + QUERIES, clustered);
        float[][] rows = Arrays.copyOf(all, ROWS);
        RaBitQ encoding = new RaBitQ(DIMENSION, metric);
        RaBitQScorer scorer = encoding.scorer(
                encoding.encode(Vectors.of(rows), BuildContext.defaults().withThreads(1)));
        double sum = 0;
        double squares = 0;
        int nearer = 0;
        int farther = 0;
        for (int q = ROWS; q < all.length; q++) {
            scorer.query(all[q]);
            for (int row = 0; row < ROWS; row++) {
                double exact = ExactDistance.between(all[q], rows[row], metric);
                double error = (scorer.distance(row) - exact) / scorer.errorBound(row, deviations);
                sum += error;
                squares += error * error;
                nearer += error > 1 ? 1 : 0;
                farther += error < -1 ? 1 : 0;
            }
        }
        double count = ROWS * QUERIES;
        return new Errors(sum / count, Math.sqrt(squares / count), nearer / count, farther / count);
    }

    @Test
    void aRowOfEqualComponentsComesBackAsItWas() {
        RaBitQ encoding = new RaBitQ(3, Metric.EUCLIDEAN);
        HeapRecords records = encode(encoding, -0.3f, -0.3f, -0.3f);
        assertThat(encoding.decoded(records).row(0)).containsExactly(-0.3f, -0.3f, -0.3f);
        RaBitQScorer scorer = encoding.scorer(records);
        scorer.query(new float[] {0.7f, 0.7f, 0.7f});
        assertThat(scorer.distance(0)).isCloseTo(3, within(1e-5f));
        assertThat(scorer.errorBound(0, 3)).isZero();
    }

    @Test
    void theGreatestAndTheLeastFloatsComeBackFinite() {
        RaBitQ encoding = new RaBitQ(3, Metric.DOT_PRODUCT);
        for (float size : new float[] {Float.MAX_VALUE, Float.MIN_VALUE}) {
            HeapRecords records = encode(encoding, -size, 0, size);
            for (float component : encoding.decoded(records).row(0)) {
                assertThat(component).isFinite();
            }
        }
    }

    @Test
    void theGreatestFloatsHaveAnAngle() {
        RaBitQ encoding = new RaBitQ(3, Metric.COSINE);
        float[] row = {-Float.MAX_VALUE, 0, Float.MAX_VALUE};
        RaBitQScorer scorer = encoding.scorer(encode(encoding, row));
        scorer.query(row);
        assertThat(scorer.distance(0)).isCloseTo(0, within(0.1f));
    }

    private static HeapRecords encode(RaBitQ encoding, float... row) {
        HeapRecords records = HeapRecords.allocate(1, encoding.stride());
        encoding.encode(row, records, 0);
        return records;
    }

    /** Gaussian, or so around a few centres and with components of unlike sizes. */
    private static float[][] rows(int count, boolean clustered) {
        Random random = new Random(SEED);
        float[][] centres = new float[clustered ? 8 : 1][DIMENSION];
        for (float[] centre : centres) {
            for (int i = 0; i < DIMENSION; i++) {
                centre[i] = clustered ? (float) random.nextGaussian() : 0;
            }
        }
        float[][] rows = new float[count][DIMENSION];
        for (float[] row : rows) {
            float[] centre = centres[random.nextInt(centres.length)];
            for (int i = 0; i < DIMENSION; i++) {
                double spread = clustered ? 0.6 * i / DIMENSION : 1;
                row[i] = centre[i] + (float) (spread * random.nextGaussian());
            }
        }
        return rows;
    }
}
