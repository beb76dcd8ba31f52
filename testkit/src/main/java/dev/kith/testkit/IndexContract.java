package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.BuildContext;
import dev.kith.FormatTooNewException;
import dev.kith.FormatTooOldException;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.Searcher;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every index family promises. A family's test inherits this class and says which specs to try and how many of the
 * nearest rows they must find; {@link IndexFileContract} has the promises about damaged files.
 */
public abstract class IndexContract extends IndexFixture {
    /** For families' tests, which say which specs to try. */
    protected IndexContract() {}

    /** The share of the nearest ten rows that must be found, on average, with {@link #effort}. */
    protected abstract double minimumRecall();

    /** The effort of the searches whose recall is judged; 0 is the family's default. */
    protected int effort() {
        return 0;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void findsTheRowsThatABruteForceSearchFinds(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        judge(build(rows, spec), rows, spec, null);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void knowsWhatItWasBuiltFrom(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        VectorIndex index = build(rows, spec);
        assertThat(index.size()).isEqualTo(rows.size());
        assertThat(index.dimension()).isEqualTo(rows.dimension());
        assertThat(index.metric()).isEqualTo(spec.metric());
        assertThat(index.spec()).isEqualTo(spec);
        assertThat(IndexSpec.parse(spec.text())).isEqualTo(spec);
        assertThat(IndexFamily.named(spec.family()).tag())
                .isEqualTo(index.image().family());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void returnsOnlyAllowedRowsAndAsManyAsThereAre(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        VectorIndex index = build(rows, spec);
        for (double share : new double[] {1, 0.9, 0.5, 0.1, 0.02, 0.004, 0}) {
            judge(index, rows, spec, mask(rows.size(), share));
        }
        judge(index, rows, spec, RowMask.of(rows.size(), rows.size() - 1));
        judge(index, rows, spec, RowMask.of(rows.size()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void returnsEveryRowWhenAskedForMoreThanThereAre(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        VectorIndex index = build(rows, spec);
        SearchResult all = index.search(SearchRequest.of(query(), rows.size() + 7));
        assertThat(all.rows()).hasSize(rows.size()).doesNotHaveDuplicates();
        assertOrdered(all);
        RowMask half = mask(rows.size(), 0.5);
        SearchResult allowed =
                index.search(SearchRequest.of(query(), Integer.MAX_VALUE).withAllowed(half));
        assertThat(allowed.rows()).hasSize(half.cardinality()).doesNotHaveDuplicates();
        assertThat(IntStream.of(allowed.rows()).allMatch(half::allows)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void refusesRequestsThatDoNotFit(IndexSpec spec) throws Exception {
        VectorIndex index = build(rows(), spec);
        for (int wrong : new int[] {1, dimension() - 1, dimension() + 1}) {
            float[] query = new float[wrong];
            query[0] = 1;
            refuses(
                    index,
                    SearchRequest.of(query, K),
                    "query has " + wrong + " components, expected dimension " + dimension());
        }
        RowMask other = RowMask.of(size() + 1, 0);
        refuses(
                index,
                SearchRequest.of(query(), K).withAllowed(other),
                "the mask speaks of " + (size() + 1) + " rows, but the index has " + size());
        if (spec.metric() == Metric.COSINE) {
            refuses(
                    index,
                    SearchRequest.of(new float[dimension()], K),
                    "query is the zero vector, which has no direction: COSINE needs one");
        } else {
            assertThat(index.search(SearchRequest.of(new float[dimension()], K)).size())
                    .isEqualTo(K);
        }
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] query = query();
            query[5] = bad;
            assertThatThrownBy(() -> index.search(SearchRequest.of(query, K)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("query is not finite: component 5 is " + bad);
        }
        for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> index.search(SearchRequest.of(query(), k)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("k must be positive: " + k);
        }
        assertThatThrownBy(() -> index.search(SearchRequest.of(new float[0], K)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the query has no components");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void refusesRowsThatCannotBeCompared(IndexSpec spec) {
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            Vectors rows = rows();
            float[] broken = rows.row(17);
            broken[3] = bad;
            assertThatThrownBy(() -> build(replaced(rows, 17, broken), spec))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 17 is not finite: component 3 is " + bad);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void refusesAZeroRowUnderCosineOnly(IndexSpec spec) throws Exception {
        Vectors rows = replaced(rows(), 17, new float[dimension()]);
        if (spec.metric() == Metric.COSINE) {
            assertThatThrownBy(() -> build(rows, spec))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row 17 is the zero vector");
        } else {
            judge(build(rows, spec), rows, spec, null);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void anEmptyIndexReturnsNothing(IndexSpec spec) throws Exception {
        for (VectorIndex index : everyResidency(build(Vectors.of(dimension()), spec))) {
            assertThat(index.size()).isZero();
            assertThat(index.search(SearchRequest.of(query(), K)).size()).isZero();
            assertThat(index.search(SearchRequest.of(query(), K).withAllowed(RowMask.of(0)))
                            .size())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void anIndexOfFewRowsReturnsThemAll(IndexSpec spec) throws Exception {
        for (int size = 1; size <= 4; size++) {
            Vectors rows = TestVectors.clustered(size, dimension(), SEED);
            for (VectorIndex index : everyResidency(build(rows, spec))) {
                SearchResult found = index.search(SearchRequest.of(query(), K));
                assertThat(found.rows())
                        .containsExactly(BruteForce.nearest(rows, spec.metric(), query(), K, null));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void returnsEachOfManyDuplicatesOnce(IndexSpec spec) throws Exception {
        float[] same = query();
        float[][] rows = new float[300][];
        Arrays.fill(rows, same);
        VectorIndex index = build(Vectors.of(rows), spec);
        for (int k : new int[] {1, K, 299, 300, 301}) {
            SearchResult found = index.search(SearchRequest.of(same, k));
            assertThat(found.rows()).hasSize(Math.min(k, 300)).doesNotHaveDuplicates();
            assertOrdered(found);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesItsRowsBack(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        Vectors back = build(rows, spec).vectors();
        assertThat(back.size()).isEqualTo(rows.size());
        for (int row = 0; row < rows.size(); row += 13) {
            assertRow(back.row(row), rows.row(row));
        }
        assertThatThrownBy(() -> back.row(rows.size()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** That a row came back as it went in; families that keep no exact rows say how near it must be. */
    protected void assertRow(float[] back, float[] row) {
        assertThat(back).containsExactly(row);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesTheSameBytesWithAnyNumberOfThreads(IndexSpec spec) throws Exception {
        Vectors rows = rows();
        byte[] one = bytes(build(rows, spec, 1));
        assertThat(bytes(build(rows, spec, 2))).isEqualTo(one);
        assertThat(bytes(build(rows, spec, 4))).isEqualTo(one);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void answersTheSameAtTheSameCostWhereverItLives(IndexSpec spec) throws Exception {
        List<VectorIndex> indexes = everyResidency(build(rows(), spec));
        for (SearchRequest request : requests(size())) {
            SearchResult first = indexes.getFirst().search(request);
            for (VectorIndex index : indexes) {
                assertSame(index.search(request), first);
            }
        }
        assertThat(bytes(indexes.get(1))).isEqualTo(bytes(indexes.get(0)));
        assertThat(bytes(indexes.get(2))).isEqualTo(bytes(indexes.get(0)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSearcherCanBeUsedAgainAndAgain(IndexSpec spec) throws Exception {
        VectorIndex index = build(rows(), spec);
        Searcher used = index.searcher();
        for (SearchRequest request : requests(size())) {
            assertSame(used.search(request), index.searcher().search(request));
            assertSame(index.search(request), used.search(request));
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void concurrentSearchesGiveWhatSequentialOnesGive(IndexSpec spec) throws Exception {
        VectorIndex index = build(rows(), spec);
        List<SearchRequest> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            requests.addAll(requests(size()));
        }
        List<SearchResult> concurrent = index.search(requests, 4);
        SearchResult[] shared = new SearchResult[requests.size()];
        Workers.run(4, shared.length, () -> i -> shared[i] = index.search(requests.get(i)));
        for (int i = 0; i < requests.size(); i++) {
            SearchResult alone = index.search(requests.get(i));
            assertSame(concurrent.get(i), alone);
            assertSame(shared[i], alone);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aClosedIndexSaysSo(IndexSpec spec) throws Exception {
        for (VectorIndex index : everyResidency(build(rows(), spec))) {
            Searcher searcher = index.searcher();
            index.close();
            index.close();
            assertThatThrownBy(() -> index.search(SearchRequest.of(query(), K)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> searcher.search(SearchRequest.of(query(), K)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** In the heap only: {@link VectorIndex#close} forbids it in a mapped file, where the JDK interrupts the searcher. */
    @ParameterizedTest
    @MethodSource("specs")
    void closingInTheHeapLetsSearchesEndThatAreUnderWay(IndexSpec spec) throws Exception {
        SearchRequest request = SearchRequest.of(query(), K);
        for (VectorIndex index : everyResidency(build(rows(), spec))) {
            if (index.image().residency() == Residency.MAPPED) {
                continue;
            }
            SearchResult expected = index.search(request);
            CountDownLatch searching = new CountDownLatch(2);
            Workers.run(3, 3, () -> task -> {
                if (task == 0) {
                    await(searching);
                    index.close();
                    return;
                }
                Searcher searcher = task == 1 ? index.searcher() : index::search;
                searching.countDown();
                assertThatThrownBy(() -> {
                            while (true) {
                                assertSame(searcher.search(request), expected);
                            }
                        })
                        .isInstanceOf(IllegalStateException.class);
            });
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void anInterruptEndsABuild(IndexSpec spec) {
        Thread caller = Thread.currentThread();
        for (int threads : new int[] {1, 3}) {
            BuildContext context =
                    new BuildContext(threads, (stage, done, total) -> caller.interrupt());
            assertThatThrownBy(() -> VectorIndex.build(rows(), spec, context))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted())
                    .as("the exception stands for the interrupt")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void refusesImagesOfOtherVersions(IndexSpec spec) throws Exception {
        IndexImage image = build(rows(), spec).image();
        Path file = folder.resolve("version.kith");
        String newer =
                file + ": needs a reader of format version 60000 or newer, this one reads up to "
                        + image.version();
        IndexImage.builder(image.family(), 60_000, image.parameters()).build().save(file);
        assertThatThrownBy(() -> VectorIndex.open(file))
                .isInstanceOf(FormatTooNewException.class)
                .hasMessage(newer);
        assertThatThrownBy(() -> VectorIndex.load(file))
                .isInstanceOf(FormatTooNewException.class)
                .hasMessage(newer);
        IndexImage.builder(image.family(), 0, image.parameters()).build().save(file);
        assertThatThrownBy(() -> VectorIndex.open(file))
                .isInstanceOf(FormatTooOldException.class)
                .hasMessageStartingWith(file + ": has format version 0, the oldest");
        assertThatThrownBy(() -> VectorIndex.load(file))
                .isInstanceOf(FormatTooOldException.class)
                .hasMessageStartingWith(file + ": has format version 0, the oldest");
        Files.delete(file);
    }

    private void judge(VectorIndex index, Vectors rows, IndexSpec spec, @Nullable RowMask allowed) {
        double recall = 0;
        float[][] queries = TestVectors.queries(40, size(), dimension(), SEED);
        for (float[] query : queries) {
            SearchResult found = index.search(
                    SearchRequest.of(query, K).withEffort(effort()).withAllowed(allowed));
            int[] nearest = BruteForce.nearest(rows, spec.metric(), query, K, allowed);
            assertThat(found.rows()).hasSize(nearest.length).doesNotHaveDuplicates();
            assertThat(IntStream.of(found.rows())
                            .allMatch(row -> allowed == null || allowed.allows(row)))
                    .as("rows are allowed")
                    .isTrue();
            assertOrdered(found);
            assertDistances(found, rows, spec.metric(), query);
            recall += BruteForce.recall(rows, spec.metric(), query, nearest, found);
        }
        assertThat(recall / queries.length)
                .as(
                        "recall of %s with %s, seed %d",
                        spec.text(),
                        allowed == null ? "no mask" : allowed.cardinality() + " rows allowed",
                        SEED)
                .isGreaterThanOrEqualTo(minimumRecall());
    }

    /** That distances are what they claim to be; families with estimates say how near they must be. */
    protected void assertDistances(SearchResult found, Vectors rows, Metric metric, float[] query) {
        for (int i = 0; i < found.size(); i++) {
            double exact = BruteForce.distance(rows.row(found.rows()[i]), query, metric);
            assertThat((double) found.distances()[i])
                    .isCloseTo(exact, within(1e-4 * (1 + Math.abs(exact))));
        }
    }

    private static void refuses(VectorIndex index, SearchRequest request, String why) {
        List<ThrowingCallable> searches = List.of(
                () -> index.search(request),
                () -> index.searcher().search(request),
                () -> index.search(List.of(request), 2));
        for (ThrowingCallable search : searches) {
            assertThatThrownBy(search)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(why);
        }
    }

    private static Vectors replaced(Vectors rows, int row, float[] replacement) {
        float[][] all = new float[rows.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = i == row ? replacement : rows.row(i);
        }
        return Vectors.of(all);
    }
}
