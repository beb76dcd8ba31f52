package dev.kith.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.spi.ByteSink;
import dev.kith.spi.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph itself: connected from everywhere to everywhere, well-formed, and the same at any number of threads. */
class GraphTest {
    private static final HnswSpec SPEC =
            HnswSpec.of(Metric.EUCLIDEAN).withM(4).withEfConstruction(30);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 17, 64, 65, 200})
    void connectsFewRows(int size) throws IOException {
        assertConnected(Fixtures.clustered(size, 4, 2, 10, size), SPEC);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void connectsRowsInClustersFarApart(long seed) throws IOException {
        assertConnected(Fixtures.clustered(3000, 8, 60, 10_000, seed), SPEC.withSeed(seed));
    }

    @Test
    void connectsWhenHalfTheRowsAreDuplicates() throws IOException {
        float[][] rows = Fixtures.clustered(4000, 8, 20, 50, 7);
        for (int i = 0; i < rows.length; i += 2) {
            rows[i + 1] = rows[i].clone();
        }
        assertConnected(rows, SPEC);
    }

    @Test
    void connectsIdenticalRows() throws IOException {
        float[][] rows = new float[10_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {1, 2, 3};
        }
        assertConnected(rows, SPEC);
    }

    @Test
    void connectsIdenticalRowsAmongOthers() throws IOException {
        float[][] rows = Fixtures.clustered(6000, 8, 20, 50, 8);
        for (int i = 0; i < 4000; i++) {
            rows[i] = rows[0];
        }
        assertConnected(rows, SPEC);
    }

    /** Parallel vectors are at distance zero under cosine but are not equal bytes. */
    @Test
    void connectsRowsThatDifferInLengthOnly() throws IOException {
        float[][] rows = new float[5000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {i + 1, 2 * (i + 1), 0};
        }
        assertConnected(rows, new HnswSpec(Metric.COSINE, 4, 30, 1, "none"));
    }

    @Test
    void connectsRowsOfEveryLengthUnderDotProduct() throws IOException {
        float[][] rows = Fixtures.clustered(3000, 8, 30, 10, 9);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] *= i % 100;
            }
        }
        assertConnected(rows, new HnswSpec(Metric.DOT_PRODUCT, 4, 30, 1, "int8"));
    }

    @Test
    void isTheSameBytesAtAnyNumberOfThreads() throws IOException {
        float[][] rows = Fixtures.clustered(5000, 12, 40, 8, 10);
        HnswSpec spec = HnswSpec.of(Metric.EUCLIDEAN).withM(8).withEfConstruction(40);
        byte[] one = bytes(Fixtures.build(rows, spec, 1));
        for (int threads : new int[] {2, 4}) {
            assertThat(bytes(Fixtures.build(rows, spec, threads)))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
        assertThat(bytes(Fixtures.build(rows, spec.withSeed(43), 2))).isNotEqualTo(one);
    }

    static byte[] bytes(VectorIndex index) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        index.image().writeTo((ByteSink) out::write);
        return out.toByteArray();
    }

    private static void assertConnected(float[][] rows, HnswSpec spec) throws IOException {
        try (VectorIndex index = Fixtures.build(rows, spec, 2)) {
            Records links = index.image()
                    .records(HnswImage.LINKS, HnswImage.linkStride(spec.m()), rows.length);
            List<List<Integer>> forward = new ArrayList<>();
            List<List<Integer>> backward = new ArrayList<>();
            for (int row = 0; row < rows.length; row++) {
                forward.add(new ArrayList<>());
                backward.add(new ArrayList<>());
            }
            for (int row = 0; row < rows.length; row++) {
                int count = links.getInt(row, 0);
                assertThat(count).isBetween(0, 2 * spec.m());
                for (int i = 0; i < count; i++) {
                    int other = links.getInt(row, 4 + 4 * i);
                    assertThat(other).isNotEqualTo(row);
                    assertThat(forward.get(row)).doesNotContain(other);
                    forward.get(row).add(other);
                    backward.get(other).add(row);
                }
            }
            assertThat(reached(forward)).isEqualTo(rows.length);
            assertThat(reached(backward)).isEqualTo(rows.length);
        }
    }

    private static int reached(List<List<Integer>> graph) {
        BitSet reached = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>();
        if (!graph.isEmpty()) {
            reached.set(0);
            queue.add(0);
        }
        while (!queue.isEmpty()) {
            for (int other : graph.get(queue.remove())) {
                if (!reached.get(other)) {
                    reached.set(other);
                    queue.add(other);
                }
            }
        }
        return reached.cardinality();
    }
}
