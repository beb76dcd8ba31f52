package dev.kith.lucene;

import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.VectorScorer;
import org.jspecify.annotations.Nullable;

/**
 * Vector values that are rows of a Kith index. As with Lucene's own, if not every document has a vector all iterators of one
 * object share its position; {@code copy} gives another.
 */
sealed interface KithValues {
    /** What they are read from. */
    FieldIndex field();

    /** Float vectors; an array that is handed out is filled again by the next call. */
    final class Floats extends FloatVectorValues implements KithValues {
        private final FieldIndex field;
        private final DocIndexIterator sparse;
        private final float[] row;

        Floats(FieldIndex field) {
            this.field = field;
            this.sparse = field.docs().sparseIterator();
            this.row = new float[field.dimension()];
        }

        @Override
        public FieldIndex field() {
            return field;
        }

        @Override
        public int dimension() {
            return field.dimension();
        }

        @Override
        public int size() {
            return field.docs().size();
        }

        @Override
        public int ordToDoc(int ord) {
            return field.docs().doc(ord);
        }

        @Override
        public DocIndexIterator iterator() {
            return field.docs().dense() ? createDenseIterator() : sparse;
        }

        @Override
        public float[] vectorValue(int ord) {
            field.vectors().read(ord, row, 0);
            return row;
        }

        @Override
        public Floats copy() {
            return new Floats(field);
        }

        @Override
        public @Nullable VectorScorer scorer(float[] target) {
            Floats values = copy();
            VectorSimilarityFunction function = field.similarity().function();
            return size() == 0
                    ? null
                    : KithValues.scorer(
                            values.iterator(),
                            ord -> function.compare(target, values.vectorValue(ord)));
        }
    }

    /** Byte vectors, whose rows are the same numbers as floats. */
    final class Bytes extends ByteVectorValues implements KithValues {
        private final FieldIndex field;
        private final DocIndexIterator sparse;
        private final float[] row;
        private final byte[] value;

        Bytes(FieldIndex field) {
            this.field = field;
            this.sparse = field.docs().sparseIterator();
            this.row = new float[field.dimension()];
            this.value = new byte[row.length];
        }

        @Override
        public FieldIndex field() {
            return field;
        }

        @Override
        public int dimension() {
            return field.dimension();
        }

        @Override
        public int size() {
            return field.docs().size();
        }

        @Override
        public int ordToDoc(int ord) {
            return field.docs().doc(ord);
        }

        @Override
        public DocIndexIterator iterator() {
            return field.docs().dense() ? createDenseIterator() : sparse;
        }

        @Override
        public byte[] vectorValue(int ord) {
            field.vectors().read(ord, row, 0);
            for (int i = 0; i < row.length; i++) {
                value[i] = (byte) row[i];
            }
            return value;
        }

        @Override
        public Bytes copy() {
            return new Bytes(field);
        }

        @Override
        public @Nullable VectorScorer scorer(byte[] target) {
            Bytes values = copy();
            VectorSimilarityFunction function = field.similarity().function();
            return size() == 0
                    ? null
                    : KithValues.scorer(
                            values.iterator(),
                            ord -> function.compare(target, values.vectorValue(ord)));
        }
    }

    /** The score of a row. */
    @FunctionalInterface
    interface RowScore {
        float of(int row);
    }

    /** Scores the document on which an iterator stands, by Lucene's own arithmetic: for exact search and rescoring. */
    static VectorScorer scorer(DocIndexIterator iterator, RowScore score) {
        return new VectorScorer() {
            @Override
            public float score() {
                return score.of(iterator.index());
            }

            @Override
            public DocIdSetIterator iterator() {
                return iterator;
            }
        };
    }
}
