package dev.kith.lucene;

import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Progress;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IORunnable;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.RamUsageEstimator;
import org.apache.lucene.util.ThreadInterruptedException;
import org.jspecify.annotations.Nullable;

/** Writes the indexes of one segment, at a flush or by merging. Builds an index per field and writes its image. */
final class KithVectorsWriter extends KnnVectorsWriter {
    private static final long SHALLOW =
            RamUsageEstimator.shallowSizeOfInstance(KithVectorsWriter.class);

    /** Rows that are compared after a build, spread over all. */
    private static final int PROBES = 8;

    /** Stands where the next field's number would. */
    static final int NO_MORE_FIELDS = -1;

    private final SegmentWriteState state;
    private final FormatOptions options;
    private final List<FieldRows<?>> fields = new ArrayList<>();
    private final IndexOutput meta;
    private final IndexOutput data;

    KithVectorsWriter(SegmentWriteState state, FormatOptions options) throws IOException {
        this.state = state;
        this.options = options;
        IndexOutput metaOut = null;
        IndexOutput dataOut = null;
        try {
            metaOut = create(KithVectorsFormat.META_EXTENSION, KithVectorsFormat.META_CODEC);
            dataOut = create(KithVectorsFormat.DATA_EXTENSION, KithVectorsFormat.DATA_CODEC);
        } catch (Throwable e) {
            IOUtils.closeWhileSuppressingExceptions(e, metaOut, dataOut);
            throw e;
        }
        this.meta = metaOut;
        this.data = dataOut;
    }

    private IndexOutput create(String extension, String codec) throws IOException {
        IndexOutput out = state.directory.createOutput(
                IndexFileNames.segmentFileName(
                        state.segmentInfo.name, state.segmentSuffix, extension),
                state.context);
        try {
            CodecUtil.writeIndexHeader(
                    out,
                    codec,
                    KithVectorsFormat.VERSION,
                    state.segmentInfo.getId(),
                    state.segmentSuffix);
        } catch (Throwable e) {
            IOUtils.closeWhileSuppressingExceptions(e, out);
            throw e;
        }
        return out;
    }

    @Override
    public KnnFieldVectorsWriter<?> addField(FieldInfo field) {
        FieldRows<?> rows = FieldRows.of(field);
        fields.add(rows);
        return rows;
    }

    @Override
    public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
        for (FieldRows<?> field : fields) {
            write(field.field(), field.sorted(sortMap), Progress.NONE);
        }
    }

    @Override
    public @Nullable IORunnable mergeOneField(FieldInfo field, MergeState merge)
            throws IOException {
        // The only way out of a build that Lucene no longer wants: a build can take minutes.
        Progress abortable = (stage, done, total) -> {
            try {
                merge.checkAborted();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        write(field, MergedRows.of(field, merge), abortable);
        return null;
    }

    private void write(FieldInfo field, Rows rows, Progress progress) throws IOException {
        long offset = 0;
        long length = 0;
        String spec = "";
        if (rows.docs().length > 0) {
            try (VectorIndex index = build(field, rows, progress)) {
                offset = data.alignFilePointer(FieldEntry.ALIGNMENT);
                index.image().writeTo(data::writeBytes);
                length = data.getFilePointer() - offset;
                spec = index.spec().text();
            }
        }
        meta.writeInt(field.number);
        new FieldEntry(
                        FieldEntry.similarity(field),
                        spec,
                        options.heapBytes(),
                        offset,
                        length,
                        RowDocs.of(rows.docs(), state.segmentInfo.maxDoc()))
                .write(meta);
    }

    private VectorIndex build(FieldInfo field, Rows rows, Progress progress) throws IOException {
        Vectors vectors = rows.vectors();
        IndexSpec spec = options.spec(FieldEntry.similarity(field).metric(), rows.docs().length);
        IndexFamily family = IndexFamily.named(spec.family());
        try {
            IndexImage image =
                    family.merge(vectors, rows.sources(), spec, options.context(progress));
            VectorIndex index = family.open(image);
            requireExact(vectors, index);
            return index;
        } catch (InterruptedException e) {
            throw new ThreadInterruptedException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Lucene gives vectors back, and merges them, as they were added; rows are stored in the index alone. */
    private static void requireExact(Vectors added, VectorIndex index) {
        int last = added.size() - 1;
        for (int probe = 0; probe < PROBES; probe++) {
            int row = (int) ((long) last * probe / (PROBES - 1));
            if (!Arrays.equals(added.row(row), index.vectors().row(row))) {
                index.close();
                throw new IllegalArgumentException(
                        "an index of spec " + index.spec().text()
                                + " does not keep its rows exactly, which Lucene needs");
            }
        }
    }

    @Override
    public void finish() throws IOException {
        meta.writeInt(NO_MORE_FIELDS);
        CodecUtil.writeFooter(meta);
        CodecUtil.writeFooter(data);
    }

    @Override
    public long ramBytesUsed() {
        return SHALLOW + fields.stream().mapToLong(FieldRows::ramBytesUsed).sum();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(meta, data);
    }
}
