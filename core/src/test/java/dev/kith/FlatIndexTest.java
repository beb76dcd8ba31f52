package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlatIndexTest {
    private static final int SIZE = 1500;
    private static final int DIMENSION = 19;
    private final Random random = new Random(42);

    @ParameterizedTest
    @EnumSource(Metric.class)
    void returnsTheRowsThatSortingEverythingReturns(Metric metric) throws Exception {
        Vectors rows = rows(SIZE);
        try (VectorIndex index = VectorIndex.build(rows, new FlatSpec(metric), context(2))) {
            for (int i = 0; i < 20; i++) {
                float[] query = row();
                SearchResult result = index.search(SearchRequest.of(query, 37));
                assertThat(result.rows()).containsExactly(sorted(rows, query, metric, 37));
                assertThat(result.cost().distances()).isEqualTo(SIZE);
            }
        }
    }

    @Test
    void findsAllRowsWithinADistanceAndNoOthers() throws Exception {
        Vectors rows = rows(SIZE);
        try (FlatIndex index = flat(rows)) {
            float[] query = row();
            float limit = index.search(SearchRequest.of(query, 100)).distances()[99];
            SearchResult within = index.range(query, limit, null);
            assertThat(within.rows()).containsExactly(sorted(rows, query, Metric.EUCLIDEAN, 100));
            RowMask even = RowMask.of(
                    SIZE, IntStream.range(0, SIZE).filter(row -> row % 2 == 0).toArray());
            assertThat(index.range(query, limit, even).rows())
                    .containsExactly(IntStream.of(within.rows())
                            .filter(row -> row % 2 == 0)
                            .toArray());
            assertThat(index.range(query, -1, null).rows()).isEmpty();
            assertThat(index.range(query, Float.POSITIVE_INFINITY, null).size()).isEqualTo(SIZE);
            assertThatThrownBy(() -> index.range(query, Float.NaN, null))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> index.range(new float[] {1}, 1, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("query has 1 components, expected dimension " + DIMENSION);
            assertThatThrownBy(() -> index.range(query, 1, RowMask.of(2, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 rows, but the index has " + SIZE);
        }
    }

    @Test
    void refusesRowsOfUnequalLengths() {
        assertThatThrownBy(() -> Vectors.of(new float[] {1, 2}, new float[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 1 components, expected dimension 2");
        assertThatThrownBy(() -> Vectors.of(new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension must be positive: 0");
        assertThatThrownBy(Vectors::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the dimension is unknown");
    }

    @Test
    void ordersEqualDistancesByAscendingRow() throws Exception {
        float[] same = {1, 2};
        try (FlatIndex index = flat(Vectors.of(same, same, same, same, same))) {
            SearchResult result = index.search(SearchRequest.of(new float[] {0, 0}, 3));
            assertThat(result.rows()).containsExactly(0, 1, 2);
            assertThat(result.distances()).containsExactly(5, 5, 5);
        }
    }

    @Test
    void ordersPositiveAndNegativeZeroByAscendingRow() throws Exception {
        Vectors rows = Vectors.of(new float[] {1, 0}, new float[] {-1, 0}, new float[] {0, 1});
        VectorIndex index = VectorIndex.build(rows, new FlatSpec(Metric.DOT_PRODUCT), context(1));
        assertThat(index.search(SearchRequest.of(new float[] {0, -1}, 3)).rows())
                .containsExactly(0, 1, 2);
    }

    @Test
    void answersWithOverflowingComponents() throws Exception {
        float huge = Float.MAX_VALUE;
        Vectors rows =
                Vectors.of(new float[] {huge, -huge}, new float[] {huge, huge}, new float[] {1, 0});
        for (Metric metric : Metric.values()) {
            try (VectorIndex index = VectorIndex.build(rows, new FlatSpec(metric), context(1))) {
                SearchResult result = index.search(SearchRequest.of(new float[] {huge, huge}, 3));
                assertThat(result.rows()).as(metric.name()).containsExactlyInAnyOrder(0, 1, 2);
                assertThat(result.rows()[0]).as(metric.name()).isEqualTo(1);
            }
        }
    }

    @Test
    void aDistanceThatIsNoNumberIsWithinNone() throws Exception {
        float huge = Float.MAX_VALUE;
        Vectors rows = Vectors.of(new float[] {huge, huge}, new float[] {1, 1});
        float[] query = {huge, -huge};
        try (FlatIndex index =
                (FlatIndex) VectorIndex.build(rows, new FlatSpec(Metric.DOT_PRODUCT), context(1))) {
            SearchResult all = index.search(SearchRequest.of(query, 2));
            assertThat(all.rows()).containsExactly(1, 0);
            assertThat(all.distances()).containsExactly(0, Float.NaN);
            for (float limit : new float[] {0, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
                assertThat(index.range(query, limit, null).rows()).containsExactly(1);
            }
        }
    }

    @Test
    void anglesDoNotDependOnLengths() throws Exception {
        float[] query = row();
        Vectors rows = rows(50);
        SearchRequest request = SearchRequest.of(query, 50);
        SearchResult expected;
        FlatSpec cosine = new FlatSpec(Metric.COSINE);
        try (VectorIndex index = VectorIndex.build(rows, cosine, context(1))) {
            expected = index.search(request);
        }
        for (float scale : new float[] {1e-22f, 1e-10f, 1e20f, 1e38f}) {
            try (VectorIndex index = VectorIndex.build(scaled(rows, scale), cosine, context(1))) {
                SearchResult found = index.search(request);
                assertThat(found.rows()).containsExactly(expected.rows());
                assertThat(found.distances())
                        .as("rows times %s", scale)
                        .containsExactly(expected.distances(), within(1e-5f));
            }
        }
        assertThatThrownBy(() -> VectorIndex.build(scaled(rows, 1e-25f), cosine, context(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 0 is");
    }

    private static Vectors scaled(Vectors rows, float scale) {
        float[][] scaled = new float[rows.size()][];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = rows.row(row);
            for (int i = 0; i < scaled[row].length; i++) {
                scaled[row][i] *= scale;
            }
        }
        return Vectors.of(scaled);
    }

    @Test
    void savesAndOpensAnEmptyIndex(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("empty.kith");
        try (FlatIndex index = flat(Vectors.of(DIMENSION))) {
            assertThat(index.search(SearchRequest.of(row(), 5)).rows()).isEmpty();
            index.save(file);
        }
        for (VectorIndex index : List.of(VectorIndex.open(file), VectorIndex.load(file))) {
            assertThat(index.size()).isZero();
            assertThat(index.dimension()).isEqualTo(DIMENSION);
            assertThat(index.search(SearchRequest.of(row(), 5)).rows()).isEmpty();
            index.close();
        }
    }

    @Test
    void answersManyRequestsAsOneByOne() throws Exception {
        try (FlatIndex index = flat(rows(SIZE))) {
            List<SearchRequest> requests = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                requests.add(SearchRequest.of(row(), 1 + i));
            }
            List<SearchResult> results = index.search(requests, 4);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(results.get(i).rows())
                        .containsExactly(index.search(requests.get(i)).rows());
            }
        }
    }

    @Test
    void aWarmSearchAllocatesItsResultAndNothingElse() throws Exception {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SearchRequest request = SearchRequest.of(row(), 10);
        try (FlatIndex index = flat(rows(SIZE))) {
            long bytes = Long.MAX_VALUE;
            int found = 0;
            for (int round = 0; round < 200 && bytes > 300 * 100; round++) {
                long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    found += index.search(request).size();
                }
                bytes = thread.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(bytes / 100).as("bytes a search").isLessThanOrEqualTo(300);
            assertThat(found).isPositive();
        }
    }

    @Test
    void isAServiceWithATextForm() {
        assertThat(IndexSpec.parse("flat?metric=cosine")).isEqualTo(new FlatSpec(Metric.COSINE));
        assertThat(new FlatSpec(Metric.COSINE).text()).isEqualTo("flat?metric=cosine");
        assertThatThrownBy(() -> IndexSpec.parse("flat?m=3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m=3");
        assertThatThrownBy(() -> IndexSpec.parse("flat?metric=cosine&metric=euclidean"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metric");
        assertThatThrownBy(() -> new FlatFamily().spec(Metric.EUCLIDEAN, Map.of("unknown", "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FlatIndex flat(Vectors rows) throws InterruptedException {
        return (FlatIndex) VectorIndex.build(rows, new FlatSpec(Metric.EUCLIDEAN), context(2));
    }

    private static BuildContext context(int threads) {
        return BuildContext.defaults().withThreads(threads);
    }

    private static int[] sorted(Vectors rows, float[] query, Metric metric, int k) {
        return IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> ExactDistance.between(rows.row(i), query, metric)))
                .limit(k)
                .mapToInt(i -> i)
                .toArray();
    }

    private Vectors rows(int size) {
        float[][] rows = new float[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = row();
        }
        return Vectors.of(rows);
    }

    private float[] row() {
        float[] row = new float[DIMENSION];
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextFloat() - 0.5f;
        }
        return row;
    }
}
