package dev.kith.lucene;

import dev.kith.CorruptFileException;
import dev.kith.IndexFamily;
import dev.kith.Residency;
import dev.kith.RowMask;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The index of one field of one segment, between documents and scores outside and rows and distances inside. Safe for any
 * number of threads.
 */
final class FieldIndex implements Closeable {
    /** The least number of rows that a second look asks for: asking for a few more costs as much as asking for these. */
    private static final int SECOND_LOOK = 64;

    private static final int GROWTH = 4;

    private final FieldEntry entry;
    private final @Nullable VectorIndex index;
    private final Vectors vectors;
    private final String file;

    private FieldIndex(FieldEntry entry, @Nullable VectorIndex index, String file) {
        this.entry = entry;
        this.index = index;
        this.vectors = index == null ? Vectors.of(entry.similarity().dimension()) : index.vectors();
        this.file = file;
    }

    /** @param data the data file, which must stay open */
    static FieldIndex open(FieldEntry entry, IndexInput data) throws IOException {
        String file = data.toString();
        if (entry.length() == 0) {
            return new FieldIndex(entry, null, file);
        }
        // Says which families there are if this one is not; the image's tag would only seem
        // corrupt.
        IndexFamily.named(entry.spec().split("\\?", 2)[0]);
        Residency residency =
                entry.length() <= entry.heapBytes() ? Residency.HEAP : Residency.MAPPED;
        try {
            InputSource source = new InputSource(data, entry.offset(), entry.length());
            VectorIndex index = VectorIndex.open(IndexImage.open(source, residency));
            check(entry, index, file);
            return new FieldIndex(entry, index, file);
        } catch (CorruptFileException e) {
            throw new CorruptIndexException(e.getMessage(), file, e);
        }
    }

    private static void check(FieldEntry entry, VectorIndex index, String file)
            throws CorruptIndexException {
        if (index.size() != entry.docs().size()
                || index.dimension() != entry.similarity().dimension()
                || index.metric() != entry.similarity().metric()) {
            String found = index.size() + " rows of dimension " + index.dimension() + ", "
                    + index.metric();
            index.close();
            throw new CorruptIndexException(
                    "expected " + entry.docs().size() + " rows for " + entry.similarity()
                            + ", found " + found,
                    file);
        }
    }

    Similarity similarity() {
        return entry.similarity();
    }

    int dimension() {
        return entry.similarity().dimension();
    }

    RowDocs docs() {
        return entry.docs();
    }

    /** The rows, exactly as they were added. */
    Vectors vectors() {
        return vectors;
    }

    /** The index, or null if there are no rows. */
    @Nullable
    VectorIndex index() {
        return index;
    }

    /** The length of the image in the file. */
    long imageBytes() {
        return entry.length();
    }

    long ramBytesUsed() {
        boolean heap = index != null && index.image().residency() == Residency.HEAP;
        return entry.docs().ramBytesUsed() + (heap ? entry.length() : 0);
    }

    /**
     * Hands the nearest accepted documents to the collector, nearest first.
     *
     * <p>A collector of the best k is served by one search. One that wants whatever is near enough, or several documents that
     * share a parent, only says so by staying open for documents as near as the last: then the search is repeated for more
     * rows, until the collector has seen one that is too far, or all.
     */
    void search(float[] target, KnnCollector collector, @Nullable AcceptDocs accepted)
            throws IOException {
        if (index == null || collector.k() == 0 || collector.earlyTerminated()) {
            return;
        }
        RowMask allowed = docs().allowed(accepted);
        int available = allowed == null ? index.size() : allowed.cardinality();
        int effort = KithSearchStrategy.effortOf(collector.getSearchStrategy());
        FixedBitSet seen = null;
        long k = collector.k();
        while (available > 0) {
            int rows = (int) Math.min(k, available);
            SearchResult found = search(index, new SearchRequest(target, rows, effort, allowed));
            countVisits(collector, found.cost().distances());
            float last = collect(found, collector, seen);
            if (rows == available
                    || collector.earlyTerminated()
                    || collector.minCompetitiveSimilarity() >= last) {
                return;
            }
            seen = seen == null ? new FixedBitSet(index.size()) : seen;
            for (int row : found.rows()) {
                seen.set(row);
            }
            k = Math.max(SECOND_LOOK, GROWTH * k);
        }
    }

    private SearchResult search(VectorIndex index, SearchRequest request) throws IOException {
        try {
            return index.search(request);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CorruptFileException corrupt) {
                throw new CorruptIndexException(corrupt.getMessage(), file, corrupt);
            }
            throw e.getCause();
        }
    }

    /** Returns the score of the last row that was found. */
    private float collect(SearchResult found, KnnCollector collector, @Nullable FixedBitSet seen) {
        float score = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < found.size(); i++) {
            int row = found.rows()[i];
            score = similarity().score(found.distances()[i]);
            if (seen == null || !seen.get(row)) {
                collector.collect(docs().doc(row), score);
            }
        }
        return score;
    }

    /**
     * Counts up to the collector's limit. A search that only just reached it is complete, and must not be taken for one that
     * was cut off there.
     */
    private static void countVisits(KnnCollector collector, long distances) {
        long left = collector.visitLimit() - collector.visitedCount();
        long count = distances == left ? left - 1 : Math.min(distances, left);
        if (count > 0) {
            collector.incVisitedCount((int) Math.min(count, Integer.MAX_VALUE));
        }
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
