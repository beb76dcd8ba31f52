package dev.kith.lucene;

import dev.kith.VectorIndex;
import dev.kith.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter.MergedVectorValues;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DocIDMerger;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.VectorEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The live vectors of one field of the segments that are being merged. Rows of Kith segments are read where they are; those
 * of another format, which may only be read once and by one thread, are copied first.
 */
final class MergedRows implements Vectors {
    private final int dimension;
    private final int size;
    private final List<Source> sources;
    private final int[] sourceOf;
    private final int[] rowOf;

    private MergedRows(int dimension, List<Source> sources, Merge merge) {
        this.dimension = dimension;
        this.size = merge.size;
        this.sources = sources;
        this.sourceOf = merge.sourceOf;
        this.rowOf = merge.rowOf;
    }

    static Rows of(FieldInfo field, MergeState state) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < state.knnVectorsReaders.length; i++) {
            KnnVectorsReader reader = state.knnVectorsReaders[i];
            if (reader != null
                    && MergedVectorValues.hasVectorValues(state.fieldInfos[i], field.name)) {
                KnnVectorValues values = field.getVectorEncoding() == VectorEncoding.BYTE
                        ? reader.getByteVectorValues(field.name)
                        : reader.getFloatVectorValues(field.name);
                if (values != null) {
                    sources.add(new Source(state.docMaps[i], sources.size(), values));
                }
            }
        }
        Merge merge = new Merge(sources);
        merge.run(DocIDMerger.of(sources, state.needsIndexSort));
        return new Rows(
                new MergedRows(field.getVectorDimension(), sources, merge),
                Arrays.copyOf(merge.docs, merge.size),
                sources.stream().flatMap(source -> source.index().stream()).toList());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void read(int row, float[] into, int offset) {
        sources.get(sourceOf[row]).read(rowOf[row], into, offset);
    }

    /** Where each merged row comes from, in the order of the merged documents. */
    private static final class Merge {
        private final int[] docs;
        private final int[] sourceOf;
        private final int[] rowOf;
        private int size;

        Merge(List<Source> sources) {
            int most = 0;
            for (Source source : sources) {
                most = Math.addExact(most, source.values.size());
            }
            docs = new int[most];
            sourceOf = new int[most];
            rowOf = new int[most];
        }

        void run(DocIDMerger<Source> merger) throws IOException {
            for (Source source = merger.next(); source != null; source = merger.next()) {
                docs[size] = source.mappedDocID;
                sourceOf[size] = source.number;
                rowOf[size] = source.row();
                size++;
            }
        }
    }

    /** One segment that is being merged. */
    private static final class Source extends DocIDMerger.Sub {
        private final int number;
        private final KnnVectorValues values;
        private final DocIndexIterator iterator;
        private final @Nullable FieldIndex kith;
        private final List<float[]> copies = new ArrayList<>();

        Source(MergeState.DocMap map, int number, KnnVectorValues values) {
            super(map);
            this.number = number;
            this.values = values;
            this.iterator = values.iterator();
            this.kith = values instanceof KithValues ours ? ours.field() : null;
        }

        List<VectorIndex> index() {
            return kith == null || kith.index() == null ? List.of() : List.of(kith.index());
        }

        @Override
        public int nextDoc() throws IOException {
            return iterator.nextDoc();
        }

        /** The number under which the current row can be read from now on. */
        int row() throws IOException {
            if (kith != null) {
                return iterator.index();
            }
            copies.add(
                    switch (values) {
                        case FloatVectorValues floats ->
                            floats.vectorValue(iterator.index()).clone();
                        case ByteVectorValues bytes ->
                            FieldRows.floats(bytes.vectorValue(iterator.index()));
                        default ->
                            throw new IllegalStateException("neither floats nor bytes: " + values);
                    });
            return copies.size() - 1;
        }

        void read(int row, float[] into, int offset) {
            if (kith != null) {
                kith.vectors().read(row, into, offset);
            } else {
                System.arraycopy(copies.get(row), 0, into, offset, values.dimension());
            }
        }
    }
}
