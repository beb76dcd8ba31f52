package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.ExactDistance;
import dev.kith.Metric;
import dev.kith.Vectors;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What codes of a few bits tell of distances. */
class BlockCodesTest {
    private static final long SEED = 23;
    private static final int DIMENSION = 200;
    private static final int AT = 64;

    @ParameterizedTest
    @EnumSource(Metric.class)
    void estimatesAreWithoutBiasEvenWhereAllRowsAreAsFar(Metric metric) throws Exception {
        float[][] rows = rows(400, DIMENSION);
        Errors errors = errors(rows, codes(rows, metric), metric);
        assertThat(errors.mean()).isCloseTo(0, within(0.05 * errors.deviation()));
        assertThat(errors.error()).isLessThan(1.2 * errors.deviation());
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void eachBitMoreMakesEstimatesBetter(Metric metric) throws Exception {
        float[][] rows = rows(400, DIMENSION);
        double before = errors(rows, codes(rows, metric, 1), metric).error();
        for (int bits = 2; bits <= BlockCodes.MAX_BITS; bits++) {
            Errors errors = errors(rows, codes(rows, metric, bits), metric);
            assertThat(errors.mean()).isCloseTo(0, within(0.05 * errors.deviation()));
            assertThat(errors.error()).as(bits + " bits").isLessThan(0.85 * before);
            before = errors.error();
        }
    }

    /** Of estimates: their mean and their root mean square, and the standard deviation of the distances themselves. */
    private record Errors(double mean, double error, double deviation) {}

    private static Errors errors(float[][] rows, BlockCodes codes, Metric metric) throws Exception {
        double error = 0;
        double squares = 0;
        double spread = 0;
        int count = 0;
        for (int q = 0; q < 50; q++) {
            float[] query = rows(50, DIMENSION)[q];
            HeapRecords blocks = blocks(codes, rows, q - 1);
            BlockEstimator estimator = codes.estimator(blocks, AT);
            estimator.query(query);
            double centre = q == 0
                    ? estimator.distanceOfMean()
                    : ExactDistance.between(query, rows[q - 1], metric);
            double mean = 0;
            for (float[] row : rows) {
                mean += ExactDistance.between(query, row, metric) / rows.length;
            }
            for (int block = 0; block < blocks.count(); block++) {
                estimator.below(block, 0, (float) centre, Float.MAX_VALUE);
                for (int i = 0; i < 32 && 32 * block + i < rows.length; i++) {
                    double exact = ExactDistance.between(query, rows[32 * block + i], metric);
                    double difference = estimator.estimate(i) - exact;
                    error += difference;
                    squares += difference * difference;
                    spread += (exact - mean) * (exact - mean);
                    count++;
                }
            }
        }
        return new Errors(error / count, Math.sqrt(squares / count), Math.sqrt(spread / count));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aMemberThatIsTheQueryIsEstimatedAlmostExactly(Metric metric) throws Exception {
        float[][] rows = rows(64, DIMENSION);
        BlockCodes codes = codes(rows, metric);
        BlockEstimator estimator = codes.estimator(blocks(codes, rows, 3), AT);
        for (int row = 0; row < rows.length; row++) {
            estimator.query(rows[row]);
            float centre = (float) ExactDistance.between(rows[row], rows[3], metric);
            estimator.below(row / 32, 0, centre, Float.MAX_VALUE);
            float exact = (float) ExactDistance.between(rows[row], rows[row], metric);
            float scale = (float)
                    Math.abs(ExactDistance.between(rows[row], rows[(row + 5) % 64], metric));
            assertThat(estimator.estimate(row % 32)).isCloseTo(exact, within(0.03f * scale));
        }
    }

    @Test
    void emptyPlacesAreInfinitelyFar() throws Exception {
        float[][] rows = rows(5, DIMENSION);
        BlockCodes codes = codes(rows, Metric.EUCLIDEAN);
        BlockEstimator estimator = codes.estimator(blocks(codes, rows, 0), AT);
        estimator.query(rows[2]);
        int below = estimator.below(0, 0, 100, Float.POSITIVE_INFINITY);
        assertThat(below).isEqualTo(0b11111);
        assertThat(estimator.estimate(5)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void aQueryAtTheMeanAndEqualRowsGiveNumbers() throws Exception {
        float[][] rows = new float[40][];
        Arrays.fill(rows, rows(1, DIMENSION)[0]);
        for (Metric metric : Metric.values()) {
            BlockCodes codes = codes(rows, metric);
            BlockEstimator estimator = codes.estimator(blocks(codes, rows, 0), AT);
            estimator.query(rows[0]);
            estimator.below(1, 0, 1, Float.POSITIVE_INFINITY);
            assertThat(estimator.estimate(7)).isCloseTo(1, within(1e-3f));
        }
    }

    @Test
    void refusesDimensionsWhoseSumsWouldOverflow() {
        assertThatThrownBy(() -> new BlockCodes(new float[4097], Metric.EUCLIDEAN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
        assertThatThrownBy(() -> new BlockCodes(new float[2049], Metric.EUCLIDEAN, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 2048] with codes of 2 bits: 2049");
        assertThatThrownBy(() -> new BlockCodes(new float[8], Metric.EUCLIDEAN, 5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bits must be in [1, 4]: 5");
    }

    @Test
    void anEstimateAllocatesNothing() throws Exception {
        float[][] rows = rows(64, DIMENSION);
        BlockCodes codes = codes(rows, Metric.EUCLIDEAN);
        BlockEstimator estimator = codes.estimator(blocks(codes, rows, 0), AT);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        int sum = 0;
        for (int round = 0; round < 300 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                if (i % 10 == 0) {
                    estimator.query(rows[i % 64]);
                }
                sum += estimator.below(i & 1, 0, 1, 100);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes, sum " + sum).isLessThan(1024);
    }

    private static BlockCodes codes(float[][] rows, Metric metric) {
        return codes(rows, metric, 1);
    }

    private static BlockCodes codes(float[][] rows, Metric metric, int bits) {
        return new BlockCodes(BlockCodes.mean(Vectors.of(rows), metric), metric, bits, SEED);
    }

    /** All rows in blocks around one of them, or around the mean. */
    private static HeapRecords blocks(BlockCodes codes, float[][] rows, int centre)
            throws InterruptedException {
        HeapRecords rotated =
                codes.rotate(Vectors.of(rows), BuildContext.defaults().withThreads(1));
        HeapRecords blocks = HeapRecords.allocate((rows.length + 31) / 32, AT + codes.bytes());
        BlockCodes.Encoder encoder = codes.encoder();
        for (int block = 0; block < blocks.count(); block++) {
            int[] members = new int[32];
            int count = Math.min(32, rows.length - 32 * block);
            for (int i = 0; i < count; i++) {
                members[i] = 32 * block + i;
            }
            encoder.encode(rotated, centre, members, 0, count, blocks, block, AT);
        }
        return blocks;
    }

    private static float[][] rows(int size, int dimension) {
        Random random = new Random(SEED + size);
        float[][] rows = new float[size][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = 3 + (float) random.nextGaussian();
            }
        }
        return rows;
    }
}
