package dev.kith.lucene;

import static dev.kith.lucene.VectorCollection.FIELD;
import static dev.kith.lucene.VectorCollection.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.lucene.VectorCollection.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.document.IntField;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.FloatVectorSimilarityQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole indexes against a map and a scan. */
class VectorCollectionTest {
    private static final int DIMENSION = 12;
    private static final FormatOptions HNSW =
            FormatOptions.defaults().withSpec("hnsw").withFlatBelow(0);
    private static final FormatOptions QG =
            FormatOptions.defaults().withSpec("qg").withFlatBelow(0);
    private static final FormatOptions FLAT = FormatOptions.defaults().withSpec("flat");

    static Stream<Arguments> kinds() {
        return Stream.of(VectorSimilarityFunction.values())
                .flatMap(function -> Stream.of(FLAT, HNSW, HNSW.withHeapBytes(Long.MAX_VALUE), QG)
                        .map(options -> Arguments.of(function, options)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void holdsWhatAMapHoldsThroughUpdatesDeletesMergesAndReopening(
            VectorSimilarityFunction function, FormatOptions options, @TempDir Path folder)
            throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        try (Directory directory = new MMapDirectory(folder);
                VectorCollection collection = new VectorCollection(
                        directory, function, VectorCollection.config(options))) {
            for (int step = 0; step < 600; step++) {
                int id = random.nextInt(200);
                switch (random.nextInt(20)) {
                    case 0 -> collection.writer.commit();
                    case 1 -> collection.writer.forceMerge(1 + random.nextInt(3));
                    case 2, 3, 4 -> collection.delete(id);
                    case 5 -> collection.put(id, null);
                    default -> collection.put(id, vector(random, function));
                }
                if (step % 50 == 49) {
                    checkAgainstModel(collection, random, "seed " + seed + ", step " + step);
                }
            }
            collection.writer.close();
            checkIndex(directory);
        }
    }

    private static void checkAgainstModel(VectorCollection collection, Random random, String as)
            throws IOException {
        try (DirectoryReader reader = collection.reader()) {
            IndexSearcher searcher = new IndexSearcher(reader);
            float[] query = vector(random, collection.function);
            int k = 1 + random.nextInt(30);
            int bound = random.nextInt(200);
            Query filter = IntField.newRangeQuery(ID, 0, bound);
            check(collection, searcher, new Knn(query, k, null), bound, as);
            check(collection, searcher, new Knn(query, k, filter), bound, as);
            checkRadius(collection, searcher, query, bound, as);
        }
    }

    private record Knn(float[] query, int k, Query filter) {}

    private static void check(
            VectorCollection collection, IndexSearcher searcher, Knn knn, int bound, String as)
            throws IOException {
        List<Found> exact = collection.exact(knn.query, id -> knn.filter == null || id <= bound);
        int expected = Math.min(knn.k, exact.size());
        // With this effort, more than there are vectors, an approximate index sees them all.
        Query query = new KnnFloatVectorQuery(
                FIELD, knn.query, knn.k, knn.filter, new KithSearchStrategy(500));
        List<Found> found = VectorCollection.search(searcher, query, knn.k);
        assertThat(found).as(as).hasSize(expected);
        for (int i = 0; i < expected; i++) {
            assertThat(found.get(i).score())
                    .as("%s, rank %d", as, i)
                    .isCloseTo(exact.get(i).score(), within(1e-4f));
        }
    }

    private static void checkRadius(
            VectorCollection collection,
            IndexSearcher searcher,
            float[] query,
            int bound,
            String as)
            throws IOException {
        List<Found> exact = collection.exact(query, id -> id <= bound);
        if (exact.isEmpty()) {
            return;
        }
        float threshold = exact.get(exact.size() / 2).score() - 1e-5f;
        Query filter = IntField.newRangeQuery(ID, 0, bound);
        List<Integer> expected = exact.stream()
                .filter(hit -> hit.score() >= threshold)
                .map(Found::id)
                .sorted()
                .toList();
        // How slowly the query gives up on rows that are too far; 1 is never.
        for (float decay : new float[] {.5f, .9f, 1}) {
            Query near =
                    new FloatVectorSimilarityQuery.Adaptive(FIELD, query, threshold, decay, filter);
            assertThat(VectorCollection.search(searcher, near, 1000).stream()
                            .map(Found::id)
                            .sorted())
                    .as("%s, %s", as, near)
                    .containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"hnsw, 0", "hnsw, 10", "hnsw, 50", "qg, 0", "qg, 10", "qg, 50"})
    void findsMostOfTheNearestWhateverPartIsDeleted(
            String family, int percent, @TempDir Path folder) throws IOException {
        long seed = 21;
        Random random = new Random(seed);
        try (Directory directory = new MMapDirectory(folder);
                VectorCollection collection = new VectorCollection(
                        directory,
                        VectorSimilarityFunction.EUCLIDEAN,
                        VectorCollection.config(HNSW.withSpec(family))
                                .setMergePolicy(NoMergePolicy.INSTANCE)
                                .setMaxBufferedDocs(1500))) {
            for (int id = 0; id < 4000; id++) {
                collection.put(id, vector(random, collection.function));
            }
            collection.writer.flush();
            for (int id = 0; id < 4000; id++) {
                if (random.nextInt(100) < percent) {
                    collection.delete(id);
                }
            }
            try (DirectoryReader reader = collection.reader()) {
                assertThat(reader.leaves()).hasSizeGreaterThan(1);
                assertThat(recall(collection, new IndexSearcher(reader), random))
                        .as("recall@10 with %d %% deleted, seed %d", percent, seed)
                        .isGreaterThan(.97);
            }
        }
    }

    private static double recall(VectorCollection collection, IndexSearcher searcher, Random random)
            throws IOException {
        int hits = 0;
        int queries = 50;
        for (int i = 0; i < queries; i++) {
            float[] query = vector(random, collection.function);
            List<Integer> exact = collection.exact(query, id -> true).stream()
                    .limit(10)
                    .map(Found::id)
                    .toList();
            for (Found found : VectorCollection.search(
                    searcher, new KnnFloatVectorQuery(FIELD, query, 10), 10)) {
                hits += exact.contains(found.id()) ? 1 : 0;
            }
        }
        return hits / (10.0 * queries);
    }

    @ParameterizedTest
    @EnumSource
    void returnsAsManyAsMatchAtEverySelectivity(VectorSimilarityFunction function)
            throws IOException {
        Random random = new Random(31);
        try (Directory directory = new ByteBuffersDirectory();
                VectorCollection collection = new VectorCollection(
                        directory,
                        function,
                        VectorCollection.config(HNSW).setMaxBufferedDocs(700))) {
            int size = 2000;
            for (int id = 0; id < size; id++) {
                collection.put(id, vector(random, function));
            }
            try (DirectoryReader reader = collection.reader()) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (int matches : new int[] {0, 1, 2, 9, 10, 11, 50, 200, 1000, 1999, 2000}) {
                    int from = random.nextInt(size - matches + 1);
                    Query filter = IntField.newRangeQuery(ID, from, from + matches - 1);
                    Query query =
                            new KnnFloatVectorQuery(FIELD, vector(random, function), 10, filter);
                    List<Found> found = VectorCollection.search(searcher, query, 10);
                    assertThat(found)
                            .as("seed 31, %s, %d match", function, matches)
                            .hasSize(Math.min(10, matches))
                            .allMatch(hit -> hit.id() >= from && hit.id() < from + matches);
                }
            }
        }
    }

    private static void checkIndex(Directory directory) throws IOException {
        try (CheckIndex check = new CheckIndex(directory, directory.obtainLock("check"))) {
            assertThat(check.checkIndex().clean).isTrue();
        }
    }

    static float[] vector(Random random, VectorSimilarityFunction function) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return function == VectorSimilarityFunction.DOT_PRODUCT
                ? VectorUtil.l2normalize(vector)
                : vector;
    }
}
