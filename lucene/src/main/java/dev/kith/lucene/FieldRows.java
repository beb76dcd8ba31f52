package dev.kith.lucene;

import dev.kith.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.DocsWithFieldSet;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.RamUsageEstimator;

/** The vectors of one field that wait in memory for the flush. */
abstract class FieldRows<T> extends KnnFieldVectorsWriter<T> {
    private static final long SHALLOW = RamUsageEstimator.shallowSizeOfInstance(FieldRows.class);

    private final FieldInfo field;
    private final Similarity similarity;
    private final List<float[]> rows = new ArrayList<>();
    private final DocsWithFieldSet docs = new DocsWithFieldSet();
    private int lastDoc = -1;

    private FieldRows(FieldInfo field) {
        this.field = field;
        this.similarity = FieldEntry.similarity(field);
    }

    static FieldRows<?> of(FieldInfo field) {
        return switch (field.getVectorEncoding()) {
            case FLOAT32 ->
                new FieldRows<float[]>(field) {
                    @Override
                    float[] row(float[] value) {
                        return value.clone();
                    }

                    @Override
                    public float[] copyValue(float[] value) {
                        return value.clone();
                    }
                };
            case BYTE ->
                new FieldRows<byte[]>(field) {
                    @Override
                    float[] row(byte[] value) {
                        return floats(value);
                    }

                    @Override
                    public byte[] copyValue(byte[] value) {
                        return value.clone();
                    }
                };
        };
    }

    /** The same numbers; each byte has an exact float. */
    static float[] floats(byte[] value) {
        float[] row = new float[value.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = value[i];
        }
        return row;
    }

    /** A copy of the value as a row. */
    abstract float[] row(T value);

    FieldInfo field() {
        return field;
    }

    @Override
    public void addValue(int doc, T value) {
        if (doc == lastDoc) {
            // Lucene's own words, which its users and tests know.
            throw new IllegalArgumentException("VectorValuesField \"" + field.name
                    + "\" appears more than once in this document (only one value is allowed per"
                    + " field)");
        }
        float[] row = row(value);
        similarity
                .metric()
                .check(row, similarity.dimension(), "the vector of field \"" + field.name + "\"");
        docs.add(doc);
        rows.add(row);
        lastDoc = doc;
    }

    /** The rows in the order of the segment's documents. */
    Rows sorted(Sorter.DocMap map) throws IOException {
        if (map == null) {
            return rows(docs, rows.toArray(float[][]::new));
        }
        int[] newToOld = new int[rows.size()];
        DocsWithFieldSet newDocs = new DocsWithFieldSet();
        KnnVectorsWriter.mapOldOrdToNewOrd(docs, map, null, newToOld, newDocs);
        float[][] sorted = new float[newToOld.length][];
        for (int row = 0; row < sorted.length; row++) {
            sorted[row] = rows.get(newToOld[row]);
        }
        return rows(newDocs, sorted);
    }

    private Rows rows(DocsWithFieldSet docs, float[][] rows) throws IOException {
        int[] docOfRow = new int[rows.length];
        DocIdSetIterator iterator = docs.iterator();
        for (int row = 0; row < rows.length; row++) {
            docOfRow[row] = iterator.nextDoc();
        }
        return new Rows(Vectors.of(similarity.dimension(), rows), docOfRow, List.of());
    }

    @Override
    public long ramBytesUsed() {
        long perRow = RamUsageEstimator.NUM_BYTES_OBJECT_REF
                + RamUsageEstimator.NUM_BYTES_ARRAY_HEADER
                + (long) similarity.dimension() * Float.BYTES;
        return SHALLOW + docs.ramBytesUsed() + rows.size() * perRow;
    }
}
