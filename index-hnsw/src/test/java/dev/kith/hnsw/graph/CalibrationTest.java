package dev.kith.hnsw.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.CorruptFileException;
import dev.kith.IndexSpec;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import dev.kith.testkit.TestVectors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recalls that are asked for, and the efforts that they are turned into. */
class CalibrationTest {
    private static final long SEED = 37;
    private static final String TEXT =
            "1:10=0.8000,20=0.9000;10:10=0.5000,20=0.9000,40=0.9800;100:100=0.9000";

    @Test
    void comesBackFromItsText() {
        Calibration calibration = Calibration.parse(TEXT);
        assertThat(calibration.text()).isEqualTo(TEXT);
        assertThat(Calibration.parse(Calibration.NONE.text())).isEqualTo(Calibration.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "1:",
                "1:10",
                "1:10=x",
                "0:10=0.5",
                "1:0=0.5",
                "1:10=0.5,10=0.6",
                "1:10=0.5,20=0.4",
                "1:10=1.5",
                "1:10=NaN",
                ";",
                "1:10=0.5;"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Calibration.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void effortsLieBetweenThoseThatWereMeasured() {
        Calibration calibration = Calibration.parse(TEXT);
        assertThat(calibration.effort(1, 0.5)).isEqualTo(10);
        assertThat(calibration.effort(1, 0.85)).isEqualTo(15);
        assertThat(calibration.effort(10, 0.9)).isEqualTo(20);
        assertThat(calibration.effort(10, 0.94)).isEqualTo(30);
        assertThat(calibration.effort(10, 0.99)).as("beyond the curve").isEqualTo(80);
        assertThat(calibration.effort(55, 0.9)).as("between curves").isEqualTo(60);
        assertThat(calibration.effort(300, 0.9)).as("beyond the greatest k").isEqualTo(300);
    }

    @Test
    void aRecallIsReachedIfTheGreatestEffortReachedIt() {
        Calibration calibration = Calibration.parse(TEXT);
        assertThat(calibration.reaches(10, 0.98)).isTrue();
        assertThat(calibration.reaches(10, 0.981)).isFalse();
        assertThat(calibration.reaches(100, 0.95)).isFalse();
        assertThat(Calibration.NONE.reaches(10, 0.1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qg?bits=1",
                "qg?bits=1&rows=int8",
                "hnsw?m=8&codes=none",
                "hnsw?m=8",
                "hnsw?m=8&codes=int4"
            })
    void aRecallThatIsAskedForIsFoundOnQueriesLikeTheRows(String spec) throws Exception {
        int size = 6000;
        Vectors vectors = TestVectors.clustered(size, 48, SEED);
        try (VectorIndex index = build(vectors, spec);
                VectorIndex exact = build(vectors, "flat")) {
            float[][] queries = TestVectors.queries(200, size, 48, SEED);
            List<Long> hops = new ArrayList<>();
            for (double target : new double[] {0.8, 0.95, 0.995}) {
                long sum = 0;
                int hits = 0;
                for (float[] query : queries) {
                    SearchRequest request = SearchRequest.of(query, 10);
                    SearchResult found = index.search(request.withRecall(target));
                    sum += found.cost().hops();
                    hits += common(found, exact.search(request));
                }
                hops.add(sum);
                assertThat(hits / (10.0 * queries.length))
                        .as("recall for %s, seed %d", target, SEED)
                        .isGreaterThan(target - 0.03);
            }
            assertThat(hops).isSorted();
            assertThat(hops.getLast()).isGreaterThan(hops.getFirst());
        }
    }

    private static int common(SearchResult found, SearchResult exact) {
        BitSet rows = new BitSet();
        for (int row : exact.rows()) {
            rows.set(row);
        }
        return (int) IntStream.of(found.rows()).filter(rows::get).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qg?metric=cosine", "hnsw?metric=cosine"})
    void aRecallMayBeAskedForAmongAllowedRows(String spec) throws Exception {
        Vectors vectors = TestVectors.clustered(4000, 32, SEED);
        BitSet even = new BitSet();
        for (int row = 0; row < 4000; row += 2) {
            even.set(row);
        }
        try (VectorIndex index = build(vectors, spec)) {
            float[] query = TestVectors.queries(1, 4000, 32, SEED)[0];
            int[] found = index.search(SearchRequest.of(query, 20)
                            .withRecall(0.9)
                            .withAllowed(RowMask.of(even, 4000)))
                    .rows();
            assertThat(found).hasSize(20).doesNotHaveDuplicates();
            assertThat(IntStream.of(found).allMatch(row -> row % 2 == 0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qg?metric=cosine", "hnsw?metric=cosine"})
    void aSmallIndexWithoutCalibrationAnswersExactly(String spec) throws Exception {
        Vectors vectors = TestVectors.clustered(500, 16, SEED);
        try (VectorIndex index = build(vectors, spec);
                VectorIndex exact = build(vectors, "flat?metric=cosine")) {
            for (float[] query : TestVectors.queries(20, 500, 16, SEED)) {
                SearchRequest request = SearchRequest.of(query, 10).withRecall(0.9);
                assertThat(index.search(request).rows())
                        .containsExactly(
                                exact.search(SearchRequest.of(query, 10)).rows());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qg?efConstruction=40", "hnsw?m=8&efConstruction=40"})
    void isTheSameAtAnyNumberOfThreads(String spec) throws Exception {
        Vectors vectors = TestVectors.clustered(3000, 16, SEED);
        String one = null;
        for (int threads : new int[] {1, 2, 5}) {
            BuildContext context = BuildContext.defaults().withThreads(threads);
            try (VectorIndex index = VectorIndex.build(vectors, IndexSpec.parse(spec), context)) {
                String text = index.image().parameter(Calibration.PARAMETER);
                one = one == null ? text : one;
                assertThat(text).as("%d threads", threads).isNotEmpty().isEqualTo(one);
            }
        }
    }

    @Test
    void anImageWithoutTheParameterHasNone() throws Exception {
        IndexImage image = IndexImage.builder("TEST", 1, Map.of()).build();
        assertThat(Calibration.read(image)).isEqualTo(Calibration.NONE);
    }

    @Test
    void anImageWithADamagedOneIsRefused() {
        IndexImage image = IndexImage.builder("TEST", 1, Map.of(Calibration.PARAMETER, "1:10=2"))
                .build();
        assertThatThrownBy(() -> Calibration.read(image))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("1:10=2");
    }

    private static VectorIndex build(Vectors vectors, String spec) throws InterruptedException {
        return VectorIndex.build(vectors, IndexSpec.parse(spec), BuildContext.defaults());
    }

    @Test
    void aRecallIsAShareAndExcludesAnEffort() {
        float[] query = {1};
        for (double wrong : new double[] {-0.1, 1, 2, Double.NaN}) {
            assertThatThrownBy(() -> SearchRequest.of(query, 1).withRecall(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("recall");
        }
        assertThatThrownBy(() -> new SearchRequest(query, 1, 10, 0.9, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("either");
        assertThat(SearchRequest.of(query, 1).withRecall(0.9).withEffort(5).recall())
                .isZero();
    }
}
