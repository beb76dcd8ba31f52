package dev.kith.jmh;

import dev.kith.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
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
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Lucene's HNSW in one segment of a mapped directory. With one thread the segment is built by one flush; with more, each
 * thread indexes its share and the segments are merged by as many workers. Asked below the query layer, at the segment's
 * reader, which spares Lucene its own overhead.
 *
 * <p>A quantised format finds candidates by its codes. The best of them are scored again by the float32 rows, as
 * {@link RescoreTopNQuery} does it: in the order of documents, with the rescorer of the field. How many is chosen for
 * each ef, in Lucene's favour: as few as have the recall of rescoring all ef candidates, less {@value #LOST_RECALL},
 * counted with the truth of the very queries that are timed. Where the codes alone order the candidates so well, none is
 * scored again and the search is the plain one. One thread's flush links rows by their exact distances, whatever the
 * format; a merge links them by their codes.
 */
final class LuceneRival implements Rival {
    private static final String VECTOR = "vector";
    private static final String ROW = "row";
    private static final int MAX_BUFFER_MB = 1900;
    private static final double LOST_RECALL = 0.0005;

    private final Path folder;
    private final Directory directory;
    private final DirectoryReader reader;
    private final LeafReader leaf;
    private final AcceptDocs all;
    private final int[] rows;
    private final DataSet data;
    private final boolean quantised;
    private final Map<Integer, Integer> rescoredByEf = new HashMap<>();

    static Rival exact(DataSet data, int threads) throws Exception {
        return new LuceneRival(data, threads, null);
    }

    static Rival quantised(DataSet data, int threads, ScalarEncoding encoding) throws Exception {
        return new LuceneRival(data, threads, encoding);
    }

    /** Builds it, with float32 rows only if there is no encoding. */
    private LuceneRival(DataSet data, int threads, ScalarEncoding encoding) throws Exception {
        this.data = data;
        quantised = encoding != null;
        folder = Files.createTempDirectory("graph");
        directory = new MMapDirectory(folder);
        index(threads, encoding);
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
    }

    private void index(int threads, ScalarEncoding encoding) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            IndexWriterConfig config = new IndexWriterConfig()
                    .setCodec(codec(format(encoding, threads, pool)))
                    .setUseCompoundFile(false)
                    .setRAMBufferSizeMB(MAX_BUFFER_MB);
            config.setRAMPerThreadHardLimitMB(MAX_BUFFER_MB);
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                var shares = java.util.stream.IntStream.range(0, threads)
                        .mapToObj(share -> pool.submit(() -> add(writer, share, threads)))
                        .toList();
                for (var share : shares) {
                    share.get();
                }
                writer.forceMerge(1);
            }
        }
    }

    private void add(IndexWriter writer, int share, int shares) {
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

    /** One thread merges without workers; Lucene insists that it then gets no pool. */
    private static KnnVectorsFormat format(
            ScalarEncoding encoding, int threads, ExecutorService pool) {
        ExecutorService workers = threads == 1 ? null : pool;
        return encoding == null
                ? new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION, threads, workers)
                : new Lucene104HnswScalarQuantizedVectorsFormat(
                        encoding, M, EF_CONSTRUCTION, threads, workers);
    }

    /** A codec that does not wrap its vectors format per field writes an index that reads back as empty. */
    private static Codec codec(KnnVectorsFormat format) {
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
        ScoreDoc[] found = candidates(query, ef);
        if (quantised && rescored(k, ef) > k) {
            found = rescore(found, rescored(k, ef), query);
        }
        int[] nearest = new int[Math.min(k, found.length)];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = rows[found[i].doc];
        }
        return nearest;
    }

    private ScoreDoc[] candidates(int query, int ef) throws IOException {
        return leaf.searchNearestVectors(VECTOR, data.queries()[query], ef, all, Integer.MAX_VALUE)
                .scoreDocs;
    }

    private ScoreDoc[] rescore(ScoreDoc[] found, int count, int query) throws IOException {
        ScoreDoc[] best = Arrays.copyOf(found, Math.min(count, found.length));
        Arrays.sort(best, Comparator.comparingInt(hit -> hit.doc));
        VectorScorer scorer = leaf.getFloatVectorValues(VECTOR).rescorer(data.queries()[query]);
        DocIdSetIterator documents = scorer.iterator();
        for (ScoreDoc hit : best) {
            documents.advance(hit.doc);
            hit.score = scorer.score();
        }
        Arrays.sort(best, ScoreDoc.COMPARATOR);
        return best;
    }

    private int rescored(int k, int ef) throws IOException {
        Integer known = rescoredByEf.get(ef);
        if (known == null) {
            known = enough(places(k, ef), LOST_RECALL * k * data.queries().length);
            rescoredByEf.put(ef, known);
            System.out.printf(Locale.ROOT, "  ef %d: %d scored again%n", ef, known > k ? known : 0);
        }
        return known;
    }

    /** How many true neighbours stand at each place among the candidates, over all queries. */
    private int[] places(int k, int ef) throws IOException {
        int[] hits = new int[ef];
        for (int query = 0; query < data.queries().length; query++) {
            Set<Integer> wanted = data.nearest(query, k);
            ScoreDoc[] found = candidates(query, ef);
            for (int i = 0; i < found.length; i++) {
                if (wanted.contains(rows[found[i].doc])) {
                    hits[i]++;
                }
            }
        }
        return hits;
    }

    /**
     * The fewest places to score again: scored exactly, a true neighbour among them is in the result, so that only those at
     * later places are lost.
     */
    private static int enough(int[] places, double mayLose) {
        int count = places.length;
        int lost = 0;
        while (count > 0 && lost + places[count - 1] <= mayLose) {
            count--;
            lost += places[count];
        }
        return count;
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
