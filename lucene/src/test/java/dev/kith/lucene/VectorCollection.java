package dev.kith.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;

/** A Lucene index of numbered vectors, and beside it a map that holds what the index should hold. */
final class VectorCollection implements AutoCloseable {
    static final String FIELD = "vector";
    static final String ID = "id";

    final Map<Integer, float[]> model = new TreeMap<>();
    final VectorSimilarityFunction function;
    final IndexWriter writer;

    /** A document that was found. */
    record Found(int id, float score) {}

    VectorCollection(
            Directory directory, VectorSimilarityFunction function, IndexWriterConfig config)
            throws IOException {
        this.function = function;
        this.writer = new IndexWriter(directory, config);
    }

    static IndexWriterConfig config(FormatOptions options) {
        return new IndexWriterConfig().setCodec(new KithCodec(new KithVectorsFormat(options)));
    }

    /** Adds or replaces a document; without a vector if it is null. */
    void put(int id, float[] vector) throws IOException {
        Document document = new Document();
        document.add(new IntField(ID, id, Field.Store.NO));
        document.add(new StoredField("stored", id));
        if (vector != null) {
            document.add(new KnnFloatVectorField(FIELD, vector, function));
        }
        if (model.containsKey(id)) {
            delete(id);
        }
        writer.addDocument(document);
        if (vector != null) {
            model.put(id, vector);
        }
    }

    void delete(int id) throws IOException {
        writer.deleteDocuments(IntField.newExactQuery(ID, id));
        model.remove(id);
    }

    DirectoryReader reader() throws IOException {
        return DirectoryReader.open(writer);
    }

    static List<Found> search(IndexSearcher searcher, Query query, int n) throws IOException {
        List<Found> found = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, n).scoreDocs) {
            int id = searcher.storedFields()
                    .document(hit.doc)
                    .getField("stored")
                    .numericValue()
                    .intValue();
            found.add(new Found(id, hit.score));
        }
        return found;
    }

    /** Every vector of the model whose id passes, best first. */
    List<Found> exact(float[] query, IntPredicate ids) {
        return model.entrySet().stream()
                .filter(entry -> ids.test(entry.getKey()))
                .map(entry -> new Found(entry.getKey(), function.compare(query, entry.getValue())))
                .sorted(Comparator.comparing(Found::score).reversed())
                .toList();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
