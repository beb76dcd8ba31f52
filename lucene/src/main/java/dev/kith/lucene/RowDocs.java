package dev.kith.lucene;

import dev.kith.RowMask;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which document of a segment each row belongs to, ascending. If every document has a vector, rows are documents and nothing
 * is stored. Immutable.
 */
final class RowDocs {
    /** Above this share of accepted documents it is cheaper to ask each row than to look up each document. */
    private static final int SPARSE = 8;

    private final int size;
    private final int @Nullable [] docs;

    private RowDocs(int size, int @Nullable [] docs) {
        this.size = size;
        this.docs = docs;
    }

    /**
     * @param docs the documents with a vector, ascending; used, not copied
     * @param maxDoc the number of documents in the segment
     */
    static RowDocs of(int[] docs, int maxDoc) {
        return new RowDocs(docs.length, docs.length == maxDoc ? null : docs);
    }

    int size() {
        return size;
    }

    /** Whether every document has a vector. */
    boolean dense() {
        return docs == null;
    }

    int doc(int row) {
        return docs == null ? row : docs[row];
    }

    long ramBytesUsed() {
        return docs == null ? 0 : 4L * docs.length;
    }

    void write(DataOutput out) throws IOException {
        out.writeVInt(size);
        if (docs != null) {
            int last = -1;
            for (int doc : docs) {
                out.writeVInt(doc - last);
                last = doc;
            }
        }
    }

    static RowDocs read(DataInput in, int maxDoc) throws IOException {
        int size = in.readVInt();
        if (size < 0 || size > maxDoc) {
            throw new CorruptIndexException(
                    size + " vectors, but there are " + maxDoc + " documents", in);
        }
        if (size == maxDoc) {
            return new RowDocs(size, null);
        }
        int[] docs = new int[size];
        int doc = -1;
        for (int row = 0; row < size; row++) {
            int step = in.readVInt();
            if (step < 1 || step >= maxDoc - doc) {
                throw new CorruptIndexException(
                        "document " + doc + " + " + step + ", but there are " + maxDoc, in);
            }
            doc += step;
            docs[row] = doc;
        }
        return new RowDocs(size, docs);
    }

    /** The rows whose documents are accepted, or null for all. */
    @Nullable
    RowMask allowed(@Nullable AcceptDocs accepted) throws IOException {
        Bits bits = accepted == null ? null : accepted.bits();
        if (accepted == null || bits == null) {
            return null;
        }
        FixedBitSet rows = new FixedBitSet(size);
        if (docs != null) {
            collect(docs, bits, accepted.cost(), rows);
        } else if (bits instanceof BitSet set) {
            rows.or(new BitSetIterator(set, accepted.cost()));
        } else {
            rows.set(0, size);
            bits.applyMask(rows, 0);
        }
        return RowMask.of(rows.getBits(), size);
    }

    private static void collect(int[] docs, Bits bits, int cost, FixedBitSet rows) {
        if (bits instanceof BitSet set && cost < docs.length / SPARSE) {
            int doc = set.nextSetBit(0);
            while (doc < set.length()) {
                int row = Arrays.binarySearch(docs, doc);
                if (row >= 0) {
                    rows.set(row);
                }
                doc = doc + 1 < set.length() ? set.nextSetBit(doc + 1) : set.length();
            }
        } else {
            for (int row = 0; row < docs.length; row++) {
                if (bits.get(docs[row])) {
                    rows.set(row);
                }
            }
        }
    }

    /** Over the documents with a vector, by looking them up; its index is the row. */
    DocIndexIterator sparseIterator() {
        return new DocIndexIterator() {
            private int row = -1;
            private int doc = -1;

            @Override
            public int docID() {
                return doc;
            }

            @Override
            public int index() {
                return row;
            }

            @Override
            public int nextDoc() {
                return at(row + 1);
            }

            @Override
            public int advance(int target) {
                int low = row + 1;
                int high = size;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    if (RowDocs.this.doc(middle) < target) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                return at(low);
            }

            private int at(int next) {
                row = Math.min(next, size);
                doc = row < size ? RowDocs.this.doc(row) : NO_MORE_DOCS;
                return doc;
            }

            @Override
            public long cost() {
                return size;
            }
        };
    }
}
