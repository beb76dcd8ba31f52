package dev.kith.lucene;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.store.FileDataHint;
import org.apache.lucene.store.FileTypeHint;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.RamUsageEstimator;

/** The indexes of one segment. The small meta file is checked whole when it is opened; so is every image in the heap. */
final class KithVectorsReader extends KnnVectorsReader implements Accountable {
    private static final long SHALLOW =
            RamUsageEstimator.shallowSizeOfInstance(KithVectorsReader.class);

    private final IndexInput data;
    private final Map<String, FieldIndex> fields = new LinkedHashMap<>();

    private KithVectorsReader(IndexInput data) {
        this.data = data;
    }

    static KithVectorsReader open(SegmentReadState state) throws IOException {
        Map<String, FieldEntry> entries = new LinkedHashMap<>();
        IndexInput data = null;
        KithVectorsReader reader = null;
        try (IndexInput meta = state.directory.openInput(
                name(state, KithVectorsFormat.META_EXTENSION), IOContext.READONCE)) {
            // First of all, so that nothing below is sized by a damaged number.
            CodecUtil.checksumEntireFile(meta);
            readMeta(meta, state, entries);
            data = state.directory.openInput(
                    name(state, KithVectorsFormat.DATA_EXTENSION),
                    state.context.withHints(
                            FileTypeHint.DATA, FileDataHint.KNN_VECTORS, DataAccessHint.RANDOM));
            checkHeader(data, KithVectorsFormat.DATA_CODEC, state);
            CodecUtil.retrieveChecksum(data);
            reader = new KithVectorsReader(data);
            for (Map.Entry<String, FieldEntry> field : entries.entrySet()) {
                field.getValue().check(data.length() - CodecUtil.footerLength(), meta);
                reader.fields.put(field.getKey(), FieldIndex.open(field.getValue(), data));
            }
            return reader;
        } catch (Throwable e) {
            IOUtils.closeWhileSuppressingExceptions(e, reader == null ? data : reader);
            throw e;
        }
    }

    private static void readMeta(
            IndexInput meta, SegmentReadState state, Map<String, FieldEntry> into)
            throws IOException {
        checkHeader(meta, KithVectorsFormat.META_CODEC, state);
        for (int number = meta.readInt();
                number != KithVectorsWriter.NO_MORE_FIELDS;
                number = meta.readInt()) {
            FieldInfo field = state.fieldInfos.fieldInfo(number);
            if (field == null || !field.hasVectorValues()) {
                throw new CorruptIndexException("no vector field has number " + number, meta);
            }
            into.put(field.name, FieldEntry.read(meta, field, state.segmentInfo.maxDoc()));
        }
    }

    private static void checkHeader(IndexInput in, String codec, SegmentReadState state)
            throws IOException {
        CodecUtil.checkIndexHeader(
                in,
                codec,
                KithVectorsFormat.VERSION,
                KithVectorsFormat.VERSION,
                state.segmentInfo.getId(),
                state.segmentSuffix);
    }

    private static String name(SegmentReadState state, String extension) {
        return IndexFileNames.segmentFileName(
                state.segmentInfo.name, state.segmentSuffix, extension);
    }

    @Override
    public void checkIntegrity() throws IOException {
        CodecUtil.checksumEntireFile(data);
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field) {
        return new KithValues.Floats(field(field, VectorEncoding.FLOAT32));
    }

    @Override
    public ByteVectorValues getByteVectorValues(String field) {
        return new KithValues.Bytes(field(field, VectorEncoding.BYTE));
    }

    @Override
    public void search(String field, float[] target, KnnCollector collector, AcceptDocs accepted)
            throws IOException {
        field(field, VectorEncoding.FLOAT32).search(target, collector, accepted);
    }

    @Override
    public void search(String field, byte[] target, KnnCollector collector, AcceptDocs accepted)
            throws IOException {
        field(field, VectorEncoding.BYTE).search(FieldRows.floats(target), collector, accepted);
    }

    private FieldIndex field(String name, VectorEncoding encoding) {
        FieldIndex field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no vectors of field \"" + name + "\"");
        }
        if (field.similarity().encoding() != encoding) {
            throw new IllegalArgumentException("field \"" + name + "\" is encoded as "
                    + field.similarity().encoding() + ", expected " + encoding);
        }
        return field;
    }

    /** The bytes of the field's image under the file's extension, whether it is mapped or in the heap. */
    @Override
    public Map<String, Long> getOffHeapByteSize(FieldInfo info) {
        FieldIndex field = fields.get(info.name);
        return field == null || field.imageBytes() == 0
                ? Map.of()
                : Map.of(KithVectorsFormat.DATA_EXTENSION, field.imageBytes());
    }

    @Override
    public long ramBytesUsed() {
        return SHALLOW
                + fields.values().stream().mapToLong(FieldIndex::ramBytesUsed).sum();
    }

    @Override
    public void close() throws IOException {
        fields.values().forEach(FieldIndex::close);
        data.close();
    }
}
