package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kith.CorruptFileException;
import dev.kith.Cost;
import dev.kith.Metric;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.spi.Float32;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Quantised;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk on codes, and the exact answer after it. */
class HnswCodesTest {
    private static final int SIZE = 3000;
    private static final int DIMENSION = 24;
    private static final int K = 10;

    static Stream<Arguments> kinds() {
        return Stream.of(Metric.values())
                .flatMap(metric -> Stream.of("int8", "int4")
                        .flatMap(codes -> Stream.of(1e-20f, 1f, 1e19f)
                                .flatMap(unit -> Stream.of(6f, 1000f)
                                        .map(spread ->
                                                Arguments.of(metric, codes, spread, unit)))));
    }

    /** When as many rows are wanted as the walk holds, all of them are ranked again. */
    @ParameterizedTest
    @MethodSource("kinds")
    void answersAsIfAllThatTheWalkFoundWereRankedAgain(
            Metric metric, String codes, float spread, float unit) {
        float[][] rows = rows(SIZE + 20, spread, unit);
        BitSet half = new BitSet();
        half.set(0, SIZE / 2);
        try (VectorIndex index = build(Arrays.copyOf(rows, SIZE), metric, codes)) {
            for (RowMask allowed : Arrays.asList(null, RowMask.of(half, SIZE))) {
                for (int ef : new int[] {K, 30, 200, 1100}) {
                    for (float[] query : Arrays.copyOfRange(rows, SIZE, rows.length)) {
                        SearchRequest few = new SearchRequest(query, K, ef, allowed);
                        SearchRequest all = new SearchRequest(query, ef, ef, allowed);
                        assertPrefix(index.search(few), index.search(all));
                    }
                }
            }
        }
    }

    private static void assertPrefix(SearchResult few, SearchResult all) {
        assertThat(few.rows()).isEqualTo(Arrays.copyOf(all.rows(), K));
        assertThat(few.distances()).isEqualTo(Arrays.copyOf(all.distances(), K));
        assertThat(few.cost().distances()).isLessThanOrEqualTo(all.cost().distances());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void boundsTheExactDistanceFromBelow(Metric metric, String codes, float spread, float unit)
            throws Exception {
        float[][] rows = rows(300, spread, unit);
        try (VectorIndex index = build(rows, metric, codes)) {
            HnswImage image = HnswImage.read(index.image());
            ErrorBound bound = new ErrorBound(metric, DIMENSION, image.error());
            var exact = image.rows().scorer();
            var coded = image.walked().scorer();
            for (float[] query : rows) {
                bound.query(query);
                exact.query(query);
                coded.query(query);
                for (int row = 0; row < rows.length; row++) {
                    double least = bound.least(coded.distance(row));
                    assertThat(least > exact.distance(row)).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void ranksFewMoreRowsThanAreWanted(Metric metric) {
        float[][] rows = rows(SIZE, 6, 1);
        try (VectorIndex index = build(rows, metric, "int8")) {
            long ranked = 0;
            for (int row = 0; row < 100; row++) {
                SearchRequest request = new SearchRequest(rows[row], K, 200, null);
                SearchResult all = index.search(new SearchRequest(rows[row], 200, 200, null));
                ranked += index.search(request).cost().distances() - (all.cost().distances() - 200);
            }
            assertThat(ranked / 100.0).isBetween((double) K, 2.0 * K);
        }
    }

    static List<Metric> metrics() {
        return List.of(Metric.values());
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void countsCodesAndRowsAndTheirBytes(Metric metric) {
        float[][] rows = rows(SIZE, 6, 1);
        try (VectorIndex index = build(rows, metric, "int8")) {
            int codes = Quantised.int8(DIMENSION, metric).stride();
            int row = new Float32(DIMENSION, metric).stride();
            int links = HnswImage.linkStride(HnswSpec.of(metric).m());
            for (int ef : new int[] {50, 1100}) {
                Cost all =
                        index.search(new SearchRequest(rows[5], ef, ef, null)).cost();
                Cost few = index.search(new SearchRequest(rows[5], K, ef, null)).cost();
                long walked = all.distances() - ef;
                long ranked = few.distances() - walked;
                assertThat(few.hops()).isEqualTo(all.hops());
                assertThat(all.bytes()).isEqualTo(walked * codes + ef * row + all.hops() * links);
                assertThat(few.bytes())
                        .isEqualTo(walked * codes + ranked * row + few.hops() * links);
            }
        }
    }

    @Test
    void findsRowsThatCodesCannotTellApart() {
        float[][] rows = new float[200][4];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new float[] {0, 1000, 500 + row * 1e-3f, 0};
        }
        try (VectorIndex index = build(rows, Metric.EUCLIDEAN, "int8")) {
            SearchResult found = index.search(new SearchRequest(rows[77], 3, 200, null));
            assertThat(found.rows()).startsWith(77).containsExactlyInAnyOrder(76, 77, 78);
        }
    }

    @Test
    void allocatesTheResultAndNothingElse() {
        float[][] rows = rows(SIZE, 6, 1);
        try (VectorIndex index = build(rows, Metric.EUCLIDEAN, "int8")) {
            Searcher searcher = index.searcher();
            long small = 0;
            long large = 0;
            for (int round = 0; round < 60; round++) {
                small = allocated(searcher, rows, 20);
                large = allocated(searcher, rows, 400);
            }
            assertThat(large).isEqualTo(small);
            assertThat(small / 100).isLessThan(400);
        }
    }

    private static long allocated(Searcher searcher, float[][] queries, int ef) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            searcher.search(new SearchRequest(queries[i], K, ef, null));
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"error=NaN", "error=-1", "error=x", "norm=NaN", "norm=-1.5", "codes=int2"})
    void refusesAFileWhoseCodesMakeNoSense(String parameter) throws Exception {
        String[] change = parameter.split("=");
        try (VectorIndex index = build(rows(50, 6, 1), Metric.COSINE, "int8")) {
            IndexImage image = index.image();
            Map<String, String> parameters = new LinkedHashMap<>(image.parameters());
            parameters.put(change[0], change[1]);
            int m = HnswSpec.of(Metric.COSINE).m();
            IndexImage damaged = IndexImage.builder(HnswImage.TAG, HnswImage.VERSION, parameters)
                    .section(
                            HnswImage.ROWS,
                            image.heapRecords(
                                    HnswImage.ROWS,
                                    new Float32(DIMENSION, Metric.COSINE).stride(),
                                    50))
                    .section(
                            HnswImage.LINKS,
                            image.heapRecords(HnswImage.LINKS, HnswImage.linkStride(m), 50))
                    .section(
                            HnswImage.CODES,
                            image.heapRecords(
                                    HnswImage.CODES,
                                    Quantised.int8(DIMENSION, Metric.COSINE).stride(),
                                    50))
                    .build();
            assertThatThrownBy(() -> VectorIndex.open(damaged))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(change[1])
                    .hasMessageContaining("codes");
        }
    }

    private static float[][] rows(int size, float spread, float unit) {
        float[][] rows = Fixtures.clustered(size, DIMENSION, 50, spread, 1);
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= unit;
            }
        }
        return rows;
    }

    private static VectorIndex build(float[][] rows, Metric metric, String codes) {
        HnswSpec spec = HnswSpec.of(metric).withEfConstruction(50).withCodes(codes);
        return Fixtures.build(rows, spec, 2);
    }
}
