package dev.kith.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.Progress;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BenchmarkTest {
    private static final int ROWS = 300;
    private static final int K = 5;
    private final Vectors rows = random(ROWS, 1);
    private final Vectors queries = random(20, 2);

    private static Vectors random(int count, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[count][8];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
        }
        return Vectors.of(rows);
    }

    private VectorIndex flat() throws InterruptedException {
        return VectorIndex.build(
                rows, IndexSpec.parse("flat?metric=euclidean"), BuildContext.defaults());
    }

    private int[][] truth() throws InterruptedException {
        return ExactTruth.of(rows, queries, Metric.EUCLIDEAN, K, BuildContext.defaults());
    }

    @Test
    void computesTheTruthThatABruteForceSearchFinds() throws InterruptedException {
        int[][] truth = truth();
        for (int q = 0; q < queries.size(); q++) {
            double[] distances = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < 8; i++) {
                    double difference = rows.row(row)[i] - queries.row(q)[i];
                    distances[row] += difference * difference;
                }
            }
            int[] expected = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> distances[row]))
                    .limit(K)
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(truth[q]).containsExactly(expected);
        }
    }

    @Test
    void measuresAnExactIndexAsExact() throws InterruptedException {
        try (VectorIndex index = flat()) {
            List<Measurement> measured = new Benchmark(index, queries, truth(), K)
                    .measure(List.of(0, 7), 3, 0, Progress.NONE);
            assertThat(measured).extracting(Measurement::effort).containsExactly(0, 7);
            assertThat(measured).allSatisfy(row -> {
                assertThat(row.recall()).isEqualTo(1);
                assertThat(row.distances()).isEqualTo(ROWS);
                assertThat(row.qps()).isPositive();
                assertThat(row.bestQps()).isGreaterThanOrEqualTo(row.qps());
                assertThat(row.p99Micros()).isGreaterThanOrEqualTo(row.p50Micros());
            });
        }
    }

    @Test
    void countsTheShareOfTheTruthThatIsFound() throws InterruptedException {
        int[][] truth = truth();
        for (int[] exact : truth) {
            exact[1] = exact[0]; // one of five can no longer be found twice: recall counts rows
            exact[0] = otherThan(exact);
        }
        try (VectorIndex index = flat()) {
            Measurement measured = new Benchmark(index, queries, truth, K)
                    .measure(List.of(0), 1, 0, Progress.NONE)
                    .getFirst();
            assertThat(measured.recall()).isEqualTo(0.8);
        }
    }

    private static int otherThan(int[] rows) {
        int other = ROWS - 1;
        while (contains(rows, other)) {
            other--;
        }
        return other;
    }

    private static boolean contains(int[] rows, int row) {
        return Arrays.stream(rows).anyMatch(each -> each == row);
    }

    @Test
    void refusesATruthThatDoesNotBelongToTheData() throws InterruptedException {
        try (VectorIndex index = flat()) {
            int[][] truth = truth();
            truth[3][2] = ROWS;
            assertThatThrownBy(() -> new Benchmark(index, queries, truth, K))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the truth of query 3 names row 300, but the base has 300 rows");
            assertThatThrownBy(() -> new Benchmark(index, queries, new int[2][K], K))
                    .hasMessageContaining("2 rows, fewer than the 20 queries");
            assertThatThrownBy(() -> new Benchmark(index, queries, truth(), K + 1))
                    .hasMessageContaining("5 neighbours, fewer than k");
            assertThatThrownBy(() -> new Benchmark(index, queries, truth(), 0))
                    .hasMessageContaining("k must be in [1, 300]");
        }
    }
}
