package dev.kith.qg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import dev.kith.testkit.TestVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph itself: every node reachable from every other, equal rows in one node, lists full. */
class QgGraphTest {
    private static final long SEED = 31;
    private static final int DIMENSION = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 34, 255, 256, 257, 600})
    void everyNodeIsReachableFromEveryOther(int size) throws Exception {
        assertConnected(TestVectors.clustered(size, DIMENSION, SEED), Metric.EUCLIDEAN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void clustersFarApartAreConnected(long seed) throws Exception {
        float[][] rows = new float[2000][DIMENSION];
        Vectors clouds = TestVectors.clustered(rows.length, DIMENSION, seed);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = clouds.row(i);
            rows[i][0] += 10_000 * (i % 40);
        }
        for (Metric metric : Metric.values()) {
            assertConnected(Vectors.of(rows), metric);
        }
    }

    @Test
    void equalRowsShareANode() throws Exception {
        Vectors distinct = TestVectors.clustered(300, DIMENSION, SEED);
        float[][] rows = new float[900][];
        Arrays.setAll(rows, i -> distinct.row(i % 300));
        try (VectorIndex index = build(Vectors.of(rows), QgSpec.of(Metric.EUCLIDEAN))) {
            assertThat(image(index).graph().size()).isEqualTo(300);
            SearchResult found = index.search(SearchRequest.of(rows[17], 3));
            assertThat(found.rows()).containsExactly(17, 317, 617);
            RowMask allowed = RowMask.of(900, 317, 40);
            assertThat(index.search(SearchRequest.of(rows[17], 2).withAllowed(allowed))
                            .rows())
                    .containsExactly(317, 40);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 200})
    void whatAWalkSawAndDidNotExpandIsLeft(int ef) throws Exception {
        Vectors rows = TestVectors.clustered(1000, DIMENSION, SEED);
        try (VectorIndex index = build(rows, QgSpec.of(Metric.EUCLIDEAN))) {
            CodedWalk.Graph graph = image(index).graph();
            CodedWalk walk = new CodedWalk(graph);
            for (int query = 0; query < 20; query++) {
                walk.query(rows.row(50 * query));
                BitSet expanded = new BitSet();
                walk.walk(ef, 1000, (node, distance) -> expanded.set(node));
                int[] left = new int[1000];
                int count = walk.left(Float.POSITIVE_INFINITY, left, left.length);
                BitSet met = (BitSet) expanded.clone();
                IntStream.of(left).limit(count).forEach(met::set);
                assertThat(expanded.stream()
                                .flatMap(node -> IntStream.of(neighbours(graph, node)))
                                .filter(node -> !met.get(node)))
                        .as("ef %d, query %d, seed %d", ef, query, SEED)
                        .isEmpty();
                assertThat(count + expanded.cardinality()).isEqualTo(met.cardinality());
            }
        }
    }

    @Test
    void oneGrowthMakesTheSameImagesAsOneForEachEncoding() throws Exception {
        Vectors rows = TestVectors.clustered(2500, DIMENSION, SEED);
        QgSpec spec = QgSpec.of(Metric.COSINE).withEfConstruction(20);
        List<String> encodings = List.of("float32", "int8", "int4");
        List<IndexImage> images =
                new QgFamily().build(rows, spec, encodings, BuildContext.defaults());
        for (int i = 0; i < encodings.size(); i++) {
            try (VectorIndex alone = build(rows, spec.withRows(encodings.get(i)))) {
                assertThat(bytes(images.get(i)))
                        .as(encodings.get(i))
                        .isEqualTo(bytes(alone.image()));
            }
        }
        assertThatThrownBy(() -> new QgFamily()
                        .build(rows, spec, List.of("float32", "rabitq"), BuildContext.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rabitq");
        assertThatThrownBy(
                        () -> new QgFamily().build(rows, spec, List.of(), BuildContext.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    private byte[] bytes(IndexImage image) throws Exception {
        Path file = folder.resolve("image.kith");
        image.save(file);
        return Files.readAllBytes(file);
    }

    @Test
    void listsAreFullWhereThereAreRowsEnough() throws Exception {
        try (VectorIndex index =
                build(TestVectors.clustered(1000, DIMENSION, SEED), QgSpec.of(Metric.COSINE))) {
            CodedWalk.Graph graph = image(index).graph();
            long links = 0;
            for (int node = 0; node < graph.size(); node++) {
                links += IntStream.of(neighbours(graph, node)).distinct().count();
            }
            assertThat((double) links / graph.size()).isGreaterThan(30);
        }
    }

    @Test
    void moreEffortFindsMore() throws Exception {
        Vectors rows = TestVectors.clustered(3000, 64, SEED);
        try (VectorIndex index = build(rows, QgSpec.of(Metric.EUCLIDEAN));
                VectorIndex exact =
                        VectorIndex.build(rows, IndexSpec.parse("flat"), BuildContext.defaults())) {
            double narrow = recall(index, exact, 10);
            double wide = recall(index, exact, 100);
            assertThat(narrow).isGreaterThan(0.7).isLessThan(wide);
            assertThat(wide).isGreaterThan(0.99);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void anEffortBelowKGivesKRowsForFewerHops(int effort) throws Exception {
        Vectors rows = TestVectors.clustered(3000, 64, SEED);
        float[][] queries = TestVectors.queries(20, 3000, 64, SEED);
        RowMask some = RowMask.of(BitSet.valueOf(new long[] {-1L, -1L, -1L}), 3000);
        try (VectorIndex index = build(rows, QgSpec.of(Metric.EUCLIDEAN))) {
            long few = 0;
            long usual = 0;
            for (float[] query : queries) {
                SearchResult found = index.search(SearchRequest.of(query, 10).withEffort(effort));
                assertThat(found.rows()).hasSize(10).doesNotHaveDuplicates();
                few += found.cost().hops();
                usual += index.search(SearchRequest.of(query, 10)).cost().hops();
                SearchRequest masked =
                        SearchRequest.of(query, 10).withEffort(effort).withAllowed(some);
                assertThat(IntStream.of(index.search(masked).rows()).filter(some::allows))
                        .hasSize(10);
            }
            assertThat(few).isLessThan(usual);
        }
    }

    @Test
    void aMaskOfRowsFarFromTheQueryIsAnsweredExactly() throws Exception {
        Vectors rows = TestVectors.clustered(4000, 32, SEED);
        float[] query = TestVectors.queries(1, 4000, 32, SEED)[0];
        try (VectorIndex index = build(rows, QgSpec.of(Metric.EUCLIDEAN));
                VectorIndex exact =
                        VectorIndex.build(rows, IndexSpec.parse("flat"), BuildContext.defaults())) {
            int[] order = exact.search(SearchRequest.of(query, 4000)).rows();
            BitSet far = new BitSet();
            for (int i = 3000; i < 4000; i++) {
                far.set(order[i]);
            }
            SearchRequest request = SearchRequest.of(query, 10).withAllowed(RowMask.of(far, 4000));
            assertThat(index.search(request).rows())
                    .containsExactly(exact.search(request).rows());
        }
    }

    /** Twenty rows near the query and thousands far away, which a queue of a thousand has room for. */
    @Test
    void aSearchEndsBeforeItsQueueWhereWhatFollowsIsFar() throws Exception {
        float[][] rows = new float[4000][];
        Vectors near = TestVectors.clustered(20, 32, SEED);
        Vectors far = TestVectors.clustered(4000, 32, SEED + 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i < 20 ? near.row(i) : far.row(i);
            rows[i][0] += i < 20 ? 0 : 100;
        }
        try (VectorIndex index = build(Vectors.of(rows), QgSpec.of(Metric.EUCLIDEAN))) {
            SearchRequest request = SearchRequest.of(near.row(3), 10).withEffort(1000);
            assertThat(index.search(request).cost().hops()).isLessThan(60);
        }
    }

    @Test
    void optionsAreReadAndRefused() {
        assertThat(IndexSpec.parse("qg?metric=cosine&rows=int8&bits=2&degree=64&alpha=1.2"))
                .isEqualTo(QgSpec.of(Metric.COSINE)
                        .withRows("int8")
                        .withBits(2)
                        .withDegree(64)
                        .withAlpha(1.2));
        for (Map.Entry<String, String> wrong : Map.of(
                        "degree=33", "degree",
                        "degree=160", "degree",
                        "bits=5", "bits must be in [1, 4]",
                        "efConstruction=0", "efConstruction",
                        "alpha=0.9", "alpha",
                        "alpha=NaN", "alpha",
                        "alpha=x", "alpha must be a number",
                        "rows=rabitq", "rows must be float32, int8 or int4: rabitq",
                        "seed=x", "seed",
                        "m=16", "unknown option")
                .entrySet()) {
            assertThatThrownBy(() -> IndexSpec.parse("qg?" + wrong.getKey()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }

    @Test
    void refusesRowsOfTooManyComponents() {
        Vectors rows = Vectors.of(new float[][] {new float[4097]});
        assertThatThrownBy(() -> build(rows, QgSpec.of(Metric.EUCLIDEAN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
        Vectors shorter = Vectors.of(new float[][] {new float[2049]});
        assertThatThrownBy(() -> build(shorter, QgSpec.of(Metric.EUCLIDEAN).withBits(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2048 components at 2 bits: 2049");
    }

    @Test
    void fewComponentsGetCodesOfMoreBits() throws Exception {
        for (int[] expected : new int[][] {{127, 3}, {128, 2}, {255, 2}, {256, 1}}) {
            Vectors rows = TestVectors.clustered(40, expected[0], SEED);
            try (VectorIndex index = build(rows, QgSpec.of(Metric.EUCLIDEAN))) {
                assertThat(index.image().parameter("codeBits")).isEqualTo("" + expected[1]);
            }
        }
    }

    private static double recall(VectorIndex index, VectorIndex exact, int ef) {
        int hits = 0;
        float[][] queries = TestVectors.queries(50, 3000, 64, SEED);
        for (float[] query : queries) {
            SearchRequest request = SearchRequest.of(query, 10);
            BitSet truth = new BitSet();
            for (int row : exact.search(request).rows()) {
                truth.set(row);
            }
            for (int row : index.search(request.withEffort(ef)).rows()) {
                hits += truth.get(row) ? 1 : 0;
            }
        }
        return hits / (10.0 * queries.length);
    }

    private static void assertConnected(Vectors rows, Metric metric) throws Exception {
        try (VectorIndex index = build(rows, QgSpec.of(metric).withEfConstruction(10))) {
            CodedWalk.Graph graph = image(index).graph();
            int[][] forward = new int[graph.size()][];
            Arrays.setAll(forward, node -> neighbours(graph, node));
            assertThat(reached(forward)).isEqualTo(graph.size());
            assertThat(reached(reversed(forward))).isEqualTo(graph.size());
        }
    }

    private static int[][] reversed(int[][] forward) {
        int[][] backward = new int[forward.length][0];
        for (int node = 0; node < forward.length; node++) {
            for (int neighbour : forward[node]) {
                int[] before = backward[neighbour];
                backward[neighbour] = Arrays.copyOf(before, before.length + 1);
                backward[neighbour][before.length] = node;
            }
        }
        return backward;
    }

    private static int reached(int[][] links) {
        BitSet met = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>();
        met.set(0);
        queue.add(0);
        while (!queue.isEmpty()) {
            for (int neighbour : links[queue.remove()]) {
                if (!met.get(neighbour)) {
                    met.set(neighbour);
                    queue.add(neighbour);
                }
            }
        }
        return met.cardinality();
    }

    /** The neighbours whose places are taken: an estimate for a place that is not is infinite. */
    private static int[] neighbours(CodedWalk.Graph graph, int node) {
        NodeLayout layout = graph.layout();
        int factors = layout.blocksAt() + graph.codes().bytes() - 8 * 32;
        return IntStream.range(0, 32)
                .filter(i -> Float.isFinite(graph.nodes().getFloat(node, factors + 4 * i)))
                .map(i -> layout.neighbour(graph.nodes(), "test", node, i, graph.size()))
                .toArray();
    }

    private static QgImage image(VectorIndex index) throws Exception {
        return QgImage.read(index.image());
    }

    private static VectorIndex build(Vectors rows, IndexSpec spec) throws InterruptedException {
        return VectorIndex.build(rows, spec, BuildContext.defaults().withThreads(2));
    }
}
