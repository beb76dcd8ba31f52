package dev.kith.jmh;

import dev.kith.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene's HNSW in one segment of a mapped directory. With one thread the segment is built by one flush; with more, each
 * thread indexes its share and the segments are merged by as many workers. Asked below the query layer, at the segment's
 * reader, which spares Lucene its own overhead.
 */
final class LuceneRival implements Rival {
    private static final String VECTOR = "vector";
    private static final String ROW = "row";
    private static final int MAX_BUFFER_MB = 1900;

    private final Path folder;
    private final Directory directory;
    private final DirectoryReader reader;
    private final LeafReader leaf;
    private final AcceptDocs all;
    private final int[] rows;
    private final float[][] queries;

    LuceneRival(DataSet data, int threads) throws Exception {
        folder = Files.createTempDirectory("graph");
        directory = new MMapDirectory(folder);
        index(data, threads);
        reader = DirectoryReader.open(directory);
        leaf = reader.leaves().getFirst().reader();
        if (reader.leaves().size() != 1 || leaf.maxDoc() != data.base().length) {
            throw new IllegalStateException("expected one segment of all rows: " + reader);
        }
        all = AcceptDocs.fromLiveDocs(null, leaf.maxDoc());
        rows = new int[leaf.maxDoc()];
        NumericDocValues values = leaf.getNumericDocValues(ROW);
        for (int i = 0; i < rows.length; i++) {
            values.advanceExact(i);
            rows[i] = (int) values.longValue();
        }
        queries = data.queries();
    }

    private void index(DataSet data, int threads) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            IndexWriterConfig config = new IndexWriterConfig()
                    .setCodec(codec(threads, pool))
                    .setUseCompoundFile(false)
                    .setRAMBufferSizeMB(MAX_BUFFER_MB);
            config.setRAMPerThreadHardLimitMB(MAX_BUFFER_MB);
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                var shares = java.util.stream.IntStream.range(0, threads)
                        .mapToObj(share -> pool.submit(() -> add(writer, data, share, threads)))
                        .toList();
                for (var share : shares) {
                    share.get();
                }
                writer.forceMerge(1);
            }
        }
    }

    private static void add(IndexWriter writer, DataSet data, int share, int shares) {
        VectorSimilarityFunction similarity = similarity(data.metric());
        try {
            for (int row = share; row < data.base().length; row += shares) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(VECTOR, data.base()[row], similarity));
                document.add(new NumericDocValuesField(ROW, row));
                writer.addDocument(document);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VectorSimilarityFunction similarity(Metric metric) {
        return switch (metric) {
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
            case DOT_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case COSINE -> VectorSimilarityFunction.COSINE;
        };
    }

    /** A codec that does not wrap its vectors format per field writes an index that reads back as empty. */
    private static Codec codec(int threads, ExecutorService pool) {
        KnnVectorsFormat format = threads == 1
                ? new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION)
                : new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION, threads, pool);
        KnnVectorsFormat perField = new PerFieldKnnVectorsFormat() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
        Codec standard = Codec.getDefault();
        return new FilterCodec(standard.getName(), standard) {
            @Override
            public KnnVectorsFormat knnVectorsFormat() {
                return perField;
            }
        };
    }

    @Override
    public int[] search(int query, int k, int ef) throws IOException {
        ScoreDoc[] found = leaf.searchNearestVectors(
                        VECTOR, queries[query], ef, all, Integer.MAX_VALUE)
                .scoreDocs;
        int[] nearest = new int[Math.min(k, found.length)];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = rows[found[i].doc];
        }
        return nearest;
    }

    @Override
    public long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
