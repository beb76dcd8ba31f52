package dev.kith.lucene;

import static dev.kith.lucene.VectorCollection.FIELD;
import static dev.kith.lucene.VectorCollection.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.TotalHits.Relation;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.ThreadInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KithVectorsFormatTest {
    private static final VectorSimilarityFunction EUCLIDEAN = VectorSimilarityFunction.EUCLIDEAN;
    private static final FormatOptions HNSW =
            FormatOptions.defaults().withSpec("hnsw").withFlatBelow(0);

    @Test
    void isFoundByName() {
        assertThat(KnnVectorsFormat.forName("Kith")).isInstanceOf(KithVectorsFormat.class);
        assertThat(KnnVectorsFormat.availableKnnVectorsFormats()).contains("Kith");
    }

    @Test
    void carriesAnExactIndexInSmallSegmentsAndTheSpecsInOthers() throws IOException {
        FormatOptions options = FormatOptions.defaults().withSpec("hnsw?m=8").withFlatBelow(100);
        try (Directory directory = filled(new ByteBuffersDirectory(), options, 99)) {
            assertThat(spec(directory)).isEqualTo("flat?metric=euclidean");
        }
        try (Directory directory = filled(new ByteBuffersDirectory(), options, 100)) {
            assertThat(spec(directory)).startsWith("hnsw?metric=euclidean&m=8");
        }
    }

    @Test
    void readersKnowFromTheSegmentWhereImagesLive(@TempDir Path folder) throws IOException {
        long image = 300L * VectorCollectionTest.vector(new Random(0), EUCLIDEAN).length * 4;
        try (Directory mapped = filled(new MMapDirectory(folder.resolve("mapped")), HNSW, 300);
                Directory heap = filled(
                        new MMapDirectory(folder.resolve("heap")),
                        HNSW.withHeapBytes(Long.MAX_VALUE),
                        300);
                Directory tooLarge = filled(
                        new MMapDirectory(folder.resolve("large")),
                        HNSW.withHeapBytes(image),
                        300);
                Directory unmappable =
                        filled(new NIOFSDirectory(folder.resolve("files")), HNSW, 300)) {
            assertThat(heapBytes(mapped)).isLessThan(image);
            assertThat(heapBytes(heap)).isGreaterThan(image);
            assertThat(heapBytes(tooLarge)).isLessThan(image);
            assertThat(heapBytes(unmappable)).isGreaterThan(image);
        }
    }

    @Test
    void aGreaterEffortLooksAtMoreVectorsAndFindsMore() throws IOException {
        try (Directory directory = filled(new ByteBuffersDirectory(), HNSW, 3000);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            float[] query = VectorCollectionTest.vector(new Random(9), EUCLIDEAN);
            long quick = visited(reader, query, new KithSearchStrategy(10));
            long thorough = visited(reader, query, new KithSearchStrategy(400));
            assertThat(thorough).isGreaterThan(2 * quick);
            assertThat(visited(
                            reader,
                            query,
                            new KnnSearchStrategy.Seeded(null, 0, new KithSearchStrategy(400))))
                    .isEqualTo(thorough);
        }
    }

    @Test
    void saysSoWhenItLookedAtMoreThanTheLimit() throws IOException {
        try (Directory directory =
                        filled(new ByteBuffersDirectory(), FormatOptions.defaults(), 200);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            LeafReader leaf = reader.leaves().get(0).reader();
            float[] query = VectorCollectionTest.vector(new Random(9), EUCLIDEAN);
            AcceptDocs all = AcceptDocs.fromLiveDocs(null, leaf.maxDoc());
            TopDocs cut = leaf.searchNearestVectors(FIELD, query, 5, all, 20);
            assertThat(cut.totalHits.relation()).isEqualTo(Relation.GREATER_THAN_OR_EQUAL_TO);
            assertThat(cut.totalHits.value()).isEqualTo(20);
            TopDocs whole = leaf.searchNearestVectors(FIELD, query, 5, all, 200);
            assertThat(whole.totalHits.relation()).isEqualTo(Relation.EQUAL_TO);
            assertThat(whole.scoreDocs).hasSize(5);
        }
    }

    @Test
    void looksAgainForACollectorThatWantsMoreThanItSays() throws IOException {
        try (Directory directory = filled(new ByteBuffersDirectory(), HNSW, 3000);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            LeafReader leaf = reader.leaves().get(0).reader();
            // Takes one document of each hundred only, as a collector of parents does.
            TopKnnCollector collector = new TopKnnCollector(20, Integer.MAX_VALUE) {
                @Override
                public boolean collect(int doc, float score) {
                    return doc % 100 == 0 && super.collect(doc, score);
                }
            };
            leaf.searchNearestVectors(
                    FIELD,
                    VectorCollectionTest.vector(new Random(9), EUCLIDEAN),
                    collector,
                    AcceptDocs.fromLiveDocs(null, leaf.maxDoc()));
            assertThat(collector.topDocs().scoreDocs)
                    .hasSize(20)
                    .extracting(hit -> hit.doc)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesByteVectorsWithLucenesScores(VectorSimilarityFunction function) throws IOException {
        Random random = new Random(4);
        byte[][] vectors = new byte[300][20];
        try (Directory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(directory, VectorCollection.config(HNSW))) {
                for (byte[] vector : vectors) {
                    random.nextBytes(vector);
                    Document document = new Document();
                    document.add(new KnnByteVectorField(FIELD, vector, function));
                    writer.addDocument(document);
                }
            }
            byte[] query = new byte[20];
            random.nextBytes(query);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                ScoreDoc[] hits = new IndexSearcher(reader)
                        .search(new KnnByteVectorQuery(FIELD, query, 10), 10)
                        .scoreDocs;
                assertThat(hits).hasSize(10);
                for (ScoreDoc hit : hits) {
                    float expected = function.compare(query, vectors[hit.doc]);
                    assertThat(hit.score)
                            .isCloseTo(expected, within(1e-5f * Math.max(1, expected)));
                }
                LeafReader leaf = reader.leaves().get(0).reader();
                assertThat(leaf.getByteVectorValues(FIELD).vectorValue(7)).isEqualTo(vectors[7]);
                assertThatThrownBy(() -> reader(leaf).getFloatVectorValues(FIELD))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("encoded as BYTE, expected FLOAT32");
            }
        }
    }

    @Test
    void refusesAZeroVectorUnderCosineAndNothingElse() throws IOException {
        try (Directory directory = new ByteBuffersDirectory();
                VectorCollection collection = new VectorCollection(
                        directory,
                        VectorSimilarityFunction.COSINE,
                        VectorCollection.config(FormatOptions.defaults()))) {
            collection.put(1, new float[] {1, 2});
            // Newer versions of Lucene look when the field is made, ours when it is added.
            float[] vector = {1, 0};
            Document zero = new Document();
            zero.add(new KnnFloatVectorField(FIELD, vector, VectorSimilarityFunction.COSINE));
            vector[0] = 0;
            assertThatThrownBy(() -> collection.writer.addDocument(zero))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"vector\" is the zero vector");
            collection.put(3, new float[] {3, 4});
            try (DirectoryReader reader = collection.reader()) {
                assertThat(reader.numDocs()).isEqualTo(2);
                assertThatThrownBy(() -> new IndexSearcher(reader)
                                .search(new KnnFloatVectorQuery(FIELD, new float[2], 1), 1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("query is the zero vector");
            }
        }
    }

    @Test
    void refusesAQueryOfAnotherDimension() throws IOException {
        try (Directory directory =
                        filled(new ByteBuffersDirectory(), FormatOptions.defaults(), 10);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            assertThatThrownBy(() -> new IndexSearcher(reader)
                            .search(new KnnFloatVectorQuery(FIELD, new float[3], 1), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3 components, expected dimension 12");
        }
    }

    @Test
    void takesOverSegmentsOfAnotherFormatAndGivesThemBack() throws IOException {
        float[] vector = {.25f, -0.0f, Float.MIN_VALUE};
        try (Directory directory = new ByteBuffersDirectory()) {
            for (IndexWriterConfig config : new IndexWriterConfig[] {
                new IndexWriterConfig(), VectorCollection.config(HNSW), new IndexWriterConfig()
            }) {
                try (IndexWriter writer = new IndexWriter(directory, config)) {
                    Document document = new Document();
                    document.add(new IntField(ID, 1, IntField.Store.NO));
                    document.add(new KnnFloatVectorField(FIELD, vector));
                    writer.addDocument(document);
                    writer.forceMerge(1);
                }
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    LeafReader leaf = reader.leaves().get(0).reader();
                    FloatVectorValues values = leaf.getFloatVectorValues(FIELD);
                    assertThat(values.size()).isEqualTo(reader.numDocs());
                    assertThat(values.vectorValue(values.size() - 1)).isEqualTo(vector);
                }
            }
        }
    }

    @Test
    void takesVectorsOfAsManyComponentsAsItSays() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            float[] vector = new float[KithVectorsFormat.MAX_DIMENSIONS];
            vector[vector.length - 1] = 1;
            try (VectorCollection collection =
                    new VectorCollection(directory, EUCLIDEAN, VectorCollection.config(HNSW))) {
                collection.put(1, vector);
                Document document = new Document();
                document.add(new KnnFloatVectorField("other", new float[vector.length + 1]));
                assertThatThrownBy(() -> collection.writer.addDocument(document))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("<= [" + vector.length + "]");
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertThat(reader.leaves()
                                .get(0)
                                .reader()
                                .getFloatVectorValues(FIELD)
                                .vectorValue(0))
                        .isEqualTo(vector);
            }
        }
    }

    @Test
    void anInterruptEndsTheFlush() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection =
                    new VectorCollection(directory, EUCLIDEAN, VectorCollection.config(HNSW));
            Random random = new Random(6);
            for (int id = 0; id < 500; id++) {
                collection.put(id, VectorCollectionTest.vector(random, EUCLIDEAN));
            }
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(collection.writer::flush)
                        .isInstanceOf(ThreadInterruptedException.class);
            } finally {
                // Clears it if the flush has not.
                Thread.interrupted();
                collection.writer.rollback();
            }
        }
    }

    @Test
    void anAbortedMergeStopsInTheMiddleOfItsBuild() throws Exception {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory,
                    EUCLIDEAN,
                    VectorCollection.config(
                            FormatOptions.defaults().withSpec("endless").withFlatBelow(100)));
            Random random = new Random(8);
            for (int id = 0; id < 120; id++) {
                collection.put(id, VectorCollectionTest.vector(random, EUCLIDEAN));
                if (id % 60 == 59) {
                    collection.writer.flush();
                }
            }
            collection.writer.forceMerge(1, false);
            UnusualFamilies.Endless.STARTED.await();
            // Waits for the merge, which would never end by itself.
            collection.writer.rollback();
            assertThat(collection.writer.isOpen()).isFalse();
        }
    }

    @Test
    void refusesAFamilyThatDoesNotKeepItsRowsExactly() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory, EUCLIDEAN, VectorCollection.config(HNSW.withSpec("rounding")));
            collection.put(1, new float[] {2, 3});
            collection.put(2, new float[] {.5f, 3});
            assertThatThrownBy(collection.writer::flush)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not keep its rows exactly");
            collection.writer.rollback();
        }
    }

    @Test
    void saysWhichFamiliesArePresentIfOneIsMissing() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory, EUCLIDEAN, VectorCollection.config(HNSW.withSpec("none")));
            assertThatThrownBy(() -> collection.put(1, new float[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no index family \"none\"")
                    .hasMessageContaining("flat");
            collection.writer.rollback();
        }
    }

    @Test
    void refusesAFamilyThatChoosesByTimeBeforeAnythingIsWritten() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory,
                    EUCLIDEAN,
                    VectorCollection.config(HNSW.withSpec("auto?recall=0.9")));
            assertThatThrownBy(() -> collection.put(1, new float[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("auto?recall=0.9 is another each time");
            collection.writer.rollback();
        }
    }

    @Test
    void refusesMoreComponentsThanTheFamilyTakesBeforeAnythingIsWritten() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory, EUCLIDEAN, VectorCollection.config(HNSW.withSpec("qg")));
            collection.put(1, new float[] {1, 2});
            collection.writer.rollback();
        }
        try (Directory directory = new ByteBuffersDirectory()) {
            VectorCollection collection = new VectorCollection(
                    directory, EUCLIDEAN, VectorCollection.config(HNSW.withSpec("qg")));
            assertThatThrownBy(() -> collection.put(1, new float[4097]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4096");
            collection.writer.rollback();
        }
    }

    @Test
    void refusesOptionsOutOfRange() {
        FormatOptions options = FormatOptions.defaults();
        assertThatThrownBy(() -> options.withSpec("")).hasMessage("the spec is empty");
        assertThatThrownBy(() -> options.withFlatBelow(-1)).hasMessageEndingWith(": -1");
        assertThatThrownBy(() -> options.withBuildThreads(0)).hasMessageEndingWith(": 0");
        assertThatThrownBy(() -> options.withHeapBytes(-2)).hasMessageEndingWith(": -2");
        assertThatThrownBy(() -> new KithSearchStrategy(-1)).hasMessageEndingWith(": -1");
    }

    @Test
    void strategiesOfEqualEffortAreEqualSoThatQueriesCanBeCached() {
        float[] query = {1};
        assertThat(new KnnFloatVectorQuery(FIELD, query, 3, null, new KithSearchStrategy(50)))
                .isEqualTo(
                        new KnnFloatVectorQuery(FIELD, query, 3, null, new KithSearchStrategy(50)));
        assertThat(new KithSearchStrategy(50))
                .isEqualTo(new KithSearchStrategy(50))
                .hasSameHashCodeAs(new KithSearchStrategy(50))
                .isNotEqualTo(new KithSearchStrategy(51));
    }

    private static Directory filled(Directory directory, FormatOptions options, int size)
            throws IOException {
        Random random = new Random(7);
        try (VectorCollection collection =
                new VectorCollection(directory, EUCLIDEAN, VectorCollection.config(options))) {
            for (int id = 0; id < size; id++) {
                collection.put(id, VectorCollectionTest.vector(random, EUCLIDEAN));
            }
            collection.writer.forceMerge(1);
        }
        return directory;
    }

    private static long visited(DirectoryReader reader, float[] query, KnnSearchStrategy strategy)
            throws IOException {
        LeafReader leaf = reader.leaves().get(0).reader();
        TopKnnCollector collector = new TopKnnCollector(10, Integer.MAX_VALUE, strategy);
        leaf.searchNearestVectors(
                FIELD, query, collector, AcceptDocs.fromLiveDocs(null, leaf.maxDoc()));
        return collector.visitedCount();
    }

    private static KithVectorsReader reader(LeafReader leaf) {
        KnnVectorsReader reader = ((CodecReader) leaf).getVectorReader();
        return (KithVectorsReader)
                ((PerFieldKnnVectorsFormat.FieldsReader) reader).getFieldReader(FIELD);
    }

    private static long heapBytes(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader(reader.leaves().get(0).reader()).ramBytesUsed();
        }
    }

    private static String spec(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            FloatVectorValues values = reader.leaves().get(0).reader().getFloatVectorValues(FIELD);
            return ((KithValues) values).field().index().spec().text();
        }
    }
}
