package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Indexes to test, their data, and how results are compared. Whatever is built or opened here is closed after the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IndexFixture {
    /** Seed of all random data here, printed with each failure. */
    protected static final long SEED = 20260101;

    static final int K = 10;

    @TempDir
    Path folder;

    private final List<VectorIndex> open = new ArrayList<>();

    /** The specs to try: each metric at least once, and each option that changes the code's path. */
    protected abstract List<IndexSpec> specs();

    /** The number of rows of an ordinary test index. */
    protected int size() {
        return 1200;
    }

    /** The number of components of each row; not a multiple of 16, so that padding is there. */
    protected int dimension() {
        return 23;
    }

    @AfterEach
    void closeWhatATestOpened() {
        open.forEach(VectorIndex::close);
        open.clear();
    }

    /** The rows of an ordinary test index. */
    protected final Vectors rows() {
        return TestVectors.clustered(size(), dimension(), SEED);
    }

    /** A query from among the rows' clouds; a fresh array. */
    protected final float[] query() {
        return TestVectors.queries(1, size(), dimension(), SEED)[0];
    }

    /** Builds with two threads and closes after the test. */
    protected final VectorIndex build(Vectors rows, IndexSpec spec) throws InterruptedException {
        return build(rows, spec, 2);
    }

    final VectorIndex build(Vectors rows, IndexSpec spec, int threads) throws InterruptedException {
        VectorIndex index =
                VectorIndex.build(rows, spec, BuildContext.defaults().withThreads(threads));
        open.add(index);
        return index;
    }

    final List<VectorIndex> everyResidency(VectorIndex built) throws IOException {
        Path file = folder.resolve("index-" + open.size() + ".kith");
        built.save(file);
        VectorIndex mapped = VectorIndex.open(file);
        open.add(mapped);
        VectorIndex loaded = VectorIndex.load(file);
        open.add(loaded);
        return List.of(built, mapped, loaded);
    }

    final List<SearchRequest> requests(int size) {
        List<SearchRequest> requests = new ArrayList<>();
        for (float[] query : TestVectors.queries(8, size(), dimension(), SEED)) {
            requests.add(SearchRequest.of(query, K));
            requests.add(SearchRequest.of(query, 1).withEffort(3));
            requests.add(SearchRequest.of(query, 3 * K).withEffort(100));
            requests.add(SearchRequest.of(query, K).withAllowed(mask(size, 0.3)));
            requests.add(SearchRequest.of(query, K).withAllowed(mask(size, 0.01)));
        }
        return requests;
    }

    static void assertOrdered(SearchResult found) {
        for (int i = 1; i < found.size(); i++) {
            float before = found.distances()[i - 1];
            float here = found.distances()[i];
            assertThat(before < here || (before == here && found.rows()[i - 1] < found.rows()[i]))
                    .as("distance, then row ascend at result %d", i)
                    .isTrue();
        }
    }

    static void assertSame(SearchResult found, SearchResult expected) {
        assertThat(found.rows()).containsExactly(expected.rows());
        assertThat(found.distances()).containsExactly(expected.distances());
        assertThat(found.cost()).isEqualTo(expected.cost());
    }

    static RowMask mask(int size, double share) {
        Random random = new Random(SEED);
        BitSet bits = new BitSet();
        IntStream.range(0, size).filter(row -> random.nextDouble() < share).forEach(bits::set);
        return RowMask.of(bits, size);
    }

    static byte[] bytes(VectorIndex index) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        index.image().writeTo(out::write);
        return out.toByteArray();
    }
}
