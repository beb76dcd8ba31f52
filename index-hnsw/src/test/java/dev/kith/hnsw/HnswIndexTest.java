package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.Progress;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HnswIndexTest {
    private static final int SIZE = 8000;
    private static final float[][] ROWS = Fixtures.clustered(SIZE + 100, 24, 50, 6, 1);
    private static final float[][] QUERIES = java.util.Arrays.copyOfRange(ROWS, SIZE, SIZE + 100);
    private static final float[][] BASE = java.util.Arrays.copyOf(ROWS, SIZE);
    private static final HnswSpec SPEC =
            HnswSpec.of(Metric.EUCLIDEAN).withEfConstruction(100).withCodes("none");
    private static final VectorIndex INDEX = Fixtures.build(BASE, SPEC, 2);

    @ParameterizedTest
    @EnumSource(Metric.class)
    void findsTheNearestRowsUnderEachMetric(Metric metric) throws InterruptedException {
        try (VectorIndex index = Fixtures.build(BASE, HnswSpec.of(metric), 2);
                VectorIndex exact = exact(metric)) {
            double recall =
                    Fixtures.recall(index, exact, QUERIES, SearchRequest.of(QUERIES[0], 10));
            assertThat(recall).isGreaterThan(0.97);
        }
    }

    @Test
    void findsMoreWithMoreEffort() throws InterruptedException {
        try (VectorIndex exact = exact(Metric.EUCLIDEAN)) {
            SearchRequest request = SearchRequest.of(QUERIES[0], 10);
            double little = Fixtures.recall(INDEX, exact, QUERIES, request.withEffort(10));
            double much = Fixtures.recall(INDEX, exact, QUERIES, request.withEffort(400));
            double all = Fixtures.recall(INDEX, exact, QUERIES, request.withEffort(3000));
            assertThat(little).isLessThan(much);
            assertThat(much).isGreaterThan(0.99);
            assertThat(all).isEqualTo(1);
        }
    }

    /** With ef = n the walk passes the whole graph, whichever queues it uses. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50, 1000, 2000})
    void isExactWhenTheEffortIsTheSize(int size) throws InterruptedException {
        float[][] rows = Fixtures.clustered(size, 6, 10, 1000, size);
        try (VectorIndex index = Fixtures.build(rows, HnswSpec.of(Metric.EUCLIDEAN), 2);
                VectorIndex exact = VectorIndex.build(
                        Vectors.of(rows), new FlatSpec(Metric.EUCLIDEAN), one())) {
            for (float[] query : Fixtures.clustered(20, 6, 10, 1000, size)) {
                SearchRequest request = new SearchRequest(query, size, size, null);
                assertSame(index.search(request), exact.search(request));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void answersFromFewRows(int size) {
        try (VectorIndex index = Fixtures.build(
                Fixtures.clustered(size, 4, 1, 1, 5), HnswSpec.of(Metric.COSINE), 1)) {
            SearchResult result = index.search(SearchRequest.of(new float[] {1, 1, 1, 1}, 10));
            assertThat(result.rows()).hasSize(size).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.5, 0.2, 0.1, 0.05, 0.01, 0.001})
    void findsTheNearestAllowedRows(double share) throws InterruptedException {
        Random random = new Random(3);
        BitSet bits = new BitSet();
        for (int row = 0; row < SIZE; row++) {
            if (random.nextDouble() < share) {
                bits.set(row);
            }
        }
        RowMask mask = RowMask.of(bits, SIZE);
        assertRecallUnderMask(mask, 10);
    }

    /** The nearest rows to each query are the ones that are not allowed. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 4000, 7000, 7990, 7995, 8000})
    void findsAllowedRowsThatAreFarFromTheQuery(int nearest) throws InterruptedException {
        try (VectorIndex exact = exact(Metric.EUCLIDEAN)) {
            for (int q = 0; q < 10; q++) {
                BitSet bits = new BitSet();
                bits.set(0, SIZE);
                for (int row :
                        exact.search(SearchRequest.of(QUERIES[q], nearest)).rows()) {
                    bits.clear(row);
                }
                SearchRequest request =
                        SearchRequest.of(QUERIES[q], 10).withAllowed(RowMask.of(bits, SIZE));
                SearchResult found = INDEX.search(request);
                assertThat(found.size()).isEqualTo(Math.min(10, SIZE - nearest));
                assertThat(Fixtures.recall(found, exact.search(request)))
                        .isGreaterThanOrEqualTo(0.8);
            }
        }
    }

    private static void assertRecallUnderMask(RowMask mask, int k) throws InterruptedException {
        try (VectorIndex exact = exact(Metric.EUCLIDEAN)) {
            double sum = 0;
            for (float[] query : QUERIES) {
                SearchRequest request = SearchRequest.of(query, k).withAllowed(mask);
                SearchResult found = INDEX.search(request);
                assertThat(found.size()).isEqualTo(Math.min(k, mask.cardinality()));
                for (int row : found.rows()) {
                    assertThat(mask.allows(row)).isTrue();
                }
                sum += Fixtures.recall(found, exact.search(request));
            }
            assertThat(sum / QUERIES.length).isGreaterThan(0.95);
        }
    }

    @Test
    void answersAlikeFromMemoryFromTheHeapAndMapped(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rows.kith");
        INDEX.save(file);
        try (VectorIndex mapped = VectorIndex.open(file);
                VectorIndex loaded = VectorIndex.load(file)) {
            assertThat(mapped.spec()).isEqualTo(INDEX.spec());
            assertThat(mapped.vectors().row(17)).isEqualTo(BASE[17]);
            for (float[] query : QUERIES) {
                SearchRequest request = new SearchRequest(query, 10, 40, null);
                SearchResult expected = INDEX.search(request);
                assertSame(mapped.search(request), expected);
                assertSame(loaded.search(request), expected);
                assertThat(mapped.search(request).cost()).isEqualTo(expected.cost());
            }
        }
    }

    @Test
    void costsTheSameInEachSearcherAndEachTime() {
        Searcher searcher = INDEX.searcher();
        for (float[] query : QUERIES) {
            SearchRequest request = new SearchRequest(query, 10, 40, null);
            SearchResult result = searcher.search(request);
            assertThat(result.cost()).isEqualTo(INDEX.searcher().search(request).cost());
            assertThat(result.cost().hops()).isGreaterThanOrEqualTo(40);
            assertThat(result.cost().distances()).isGreaterThan(result.cost().hops());
            assertThat(result.cost().bytes()).isGreaterThan(result.cost().distances() * 96);
        }
    }

    @Test
    void answersManyThreadsAtOnceAsItAnswersOne() throws InterruptedException {
        List<SearchRequest> requests = new ArrayList<>();
        List<SearchResult> expected = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (float[] query : QUERIES) {
                requests.add(new SearchRequest(query, 5, 20, null));
                expected.add(INDEX.search(requests.getLast()));
            }
        }
        List<SearchResult> found = INDEX.search(requests, 8);
        for (int i = 0; i < found.size(); i++) {
            assertSame(found.get(i), expected.get(i));
        }
    }

    @Test
    void allocatesTheResultAndNothingElse() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean)
                java.lang.management.ManagementFactory.getThreadMXBean();
        Searcher searcher = INDEX.searcher();
        long small = 0;
        long large = 0;
        for (int round = 0; round < 60; round++) {
            small = allocated(threads, searcher, 20);
            large = allocated(threads, searcher, 400);
        }
        // Twenty times the work, and not a byte more; a request and a result fit into 400 bytes.
        assertThat(large).isEqualTo(small);
        assertThat(small / QUERIES.length).isLessThan(400);
    }

    private static long allocated(
            com.sun.management.ThreadMXBean threads, Searcher searcher, int ef) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (float[] query : QUERIES) {
            searcher.search(new SearchRequest(query, 10, ef, null));
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void refusesToSearchWhenClosed() {
        VectorIndex index = Fixtures.build(BASE, HnswSpec.of(Metric.EUCLIDEAN).withM(2), 2);
        Searcher searcher = index.searcher();
        index.close();
        SearchRequest request = SearchRequest.of(QUERIES[0], 1);
        assertThatThrownBy(() -> index.search(request)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> searcher.search(request))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reportsProgressToTheEnd() throws InterruptedException {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Progress progress = (stage, done, total) -> heard.add(stage + " " + done + "/" + total);
        VectorIndex.build(
                        Vectors.of(BASE),
                        HnswSpec.of(Metric.EUCLIDEAN).withM(2),
                        new BuildContext(2, progress))
                .close();
        assertThat(heard).contains("encode rows 8000/8000", "link rows 8000/8000");
        assertThat(heard).contains("connect rows 8000/8000");
    }

    @Test
    void stopsBuildingWhenInterrupted() {
        Progress interrupt = (stage, done, total) -> {
            if (stage.equals("link rows") && done > 100) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> VectorIndex.build(
                        Vectors.of(BASE),
                        HnswSpec.of(Metric.EUCLIDEAN),
                        new BuildContext(2, interrupt)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void readsItsSpecFromText() {
        IndexSpec spec =
                IndexSpec.parse("hnsw?metric=cosine&m=8&efConstruction=50&seed=7&codes=int4");
        assertThat(spec).isEqualTo(new HnswSpec(Metric.COSINE, 8, 50, 7, "int4"));
        assertThat(IndexSpec.parse(spec.text())).isEqualTo(spec);
        assertThat(IndexSpec.parse("hnsw")).isEqualTo(HnswSpec.of(Metric.EUCLIDEAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hnsw?m=1",
                "hnsw?m=257",
                "hnsw?m=99999999999",
                "hnsw?efConstruction=0",
                "hnsw?efConstruction=10001",
                "hnsw?seed=x",
                "hnsw?codes=float32",
                "hnsw?codes=int2",
                "hnsw?codes=rabitq",
                "hnsw?ef=3"
            })
    void refusesSpecsOutOfRange(String text) {
        assertThatThrownBy(() -> IndexSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesASpecOfAnotherFamily() {
        assertThatThrownBy(() -> new HnswFamily()
                        .build(Vectors.of(BASE), new FlatSpec(Metric.COSINE), one()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flat");
        assertThat(new HnswFamily().spec(Metric.COSINE, Map.of()))
                .isEqualTo(HnswSpec.of(Metric.COSINE));
    }

    private static VectorIndex exact(Metric metric) throws InterruptedException {
        return VectorIndex.build(Vectors.of(BASE), new FlatSpec(metric), one());
    }

    private static BuildContext one() {
        return new BuildContext(1, Progress.NONE);
    }

    private static void assertSame(SearchResult found, SearchResult expected) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(found.distances()).isEqualTo(expected.distances());
    }
}
