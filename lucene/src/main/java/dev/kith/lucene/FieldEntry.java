package dev.kith.lucene;

import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/**
 * What the meta file says of one field. Behind the field's number:
 *
 * <pre>
 *  string  encoding, FLOAT32 or BYTE
 *  string  similarity, the name of a VectorSimilarityFunction
 *  vint    dimension
 *  string  the index's spec, empty if there are no rows
 *  vlong   bytes up to which an image is read into the heap
 *  vlong   offset of the image in the data file
 *  vlong   its length, 0 if there are no rows
 *  vint    rows, then if not every document has one: vint steps between their documents, from -1
 * </pre>
 *
 * @param spec the text of the spec that the index was built from
 */
record FieldEntry(
        Similarity similarity,
        String spec,
        long heapBytes,
        long offset,
        long length,
        RowDocs docs) {
    /** Where an image starts, so that what it aligns to 64 bytes is aligned in the file. */
    static final int ALIGNMENT = 64;

    static Similarity similarity(FieldInfo field) {
        return new Similarity(
                field.getVectorSimilarityFunction(),
                field.getVectorEncoding(),
                field.getVectorDimension());
    }

    void write(DataOutput out) throws IOException {
        out.writeString(similarity.encoding().name());
        out.writeString(similarity.function().name());
        out.writeVInt(similarity.dimension());
        out.writeString(spec);
        out.writeVLong(heapBytes);
        out.writeVLong(offset);
        out.writeVLong(length);
        docs.write(out);
    }

    /** @param maxDoc the number of documents in the segment */
    static FieldEntry read(DataInput in, FieldInfo field, int maxDoc) throws IOException {
        Similarity similarity = similarity(field);
        String encoding = in.readString();
        String function = in.readString();
        int dimension = in.readVInt();
        if (!encoding.equals(similarity.encoding().name())
                || !function.equals(similarity.function().name())
                || dimension != similarity.dimension()) {
            throw new CorruptIndexException(
                    "field \"" + field.name + "\": expected " + similarity + ", found encoding "
                            + encoding + ", similarity " + function + ", dimension " + dimension,
                    in);
        }
        return new FieldEntry(
                similarity,
                in.readString(),
                in.readVLong(),
                in.readVLong(),
                in.readVLong(),
                RowDocs.read(in, maxDoc));
    }

    /** Refuses an entry whose image is not inside the data file. */
    void check(long dataLength, DataInput in) throws CorruptIndexException {
        if (offset < 0 || offset % ALIGNMENT != 0 || length < 0 || length > dataLength - offset) {
            throw new CorruptIndexException(
                    "an image at " + offset + " of " + length + " bytes, in a file of "
                            + dataLength,
                    in);
        }
        if ((length == 0) != (docs.size() == 0)) {
            throw new CorruptIndexException(
                    docs.size() + " rows in an image of " + length + " bytes", in);
        }
    }
}
