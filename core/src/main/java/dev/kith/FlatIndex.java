package dev.kith;

import dev.kith.spi.Encoding;
import dev.kith.spi.ExactScan;
import dev.kith.spi.Float32;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;
import dev.kith.spi.SearcherPool;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An index that compares the query with every row (that is allowed): exact, and its cost is linear in their number.
 * Batches of requests run in parallel over the requests. Made by {@link VectorIndex#build} from a {@link FlatSpec}.
 */
public final class FlatIndex implements VectorIndex {
    private final IndexImage image;
    private final Encoding encoding;
    private final Records rows;
    private final SearcherPool<Scan> pool = new SearcherPool<>(Scan::new);
    private volatile boolean closed;

    private FlatIndex(IndexImage image, Encoding encoding, Records rows) {
        this.image = image;
        this.encoding = encoding;
        this.rows = rows;
    }

    static FlatIndex of(IndexImage image) throws IOException {
        image.requireVersion(FlatFamily.OLDEST_VERSION, FlatFamily.VERSION);
        Float32 encoding = new Float32(
                image.intParameter("dimension", 1, Float32.MAX_DIMENSION),
                image.metricParameter("metric"));
        int size = image.intParameter("size", 0, Integer.MAX_VALUE);
        return new FlatIndex(
                image, encoding, image.records(FlatFamily.ROWS, encoding.stride(), size));
    }

    @Override
    public int size() {
        return rows.count();
    }

    @Override
    public int dimension() {
        return encoding.dimension();
    }

    @Override
    public Metric metric() {
        return encoding.metric();
    }

    @Override
    public FlatSpec spec() {
        return new FlatSpec(metric());
    }

    @Override
    public Vectors vectors() {
        return encoding.decoded(rows);
    }

    @Override
    public IndexImage image() {
        return image;
    }

    @Override
    public Searcher searcher() {
        ensureOpen();
        return new Scan();
    }

    @Override
    public SearchResult search(SearchRequest request) {
        ensureOpen();
        return pool.call(scan -> scan.search(request));
    }

    /**
     * Every row within a distance.
     *
     * @param query of the index's dimension
     * @param maxDistance the greatest distance that is returned, in the metric's terms: squared under
     *     {@link Metric#EUCLIDEAN}
     * @param allowed the rows that may be returned, or null for all
     * @return the rows, nearest first; perhaps none, perhaps all. A distance that overflowed to NaN is within none
     * @throws IllegalArgumentException if the query does not fit the index, the distance is NaN, or the mask speaks of
     *     another number of rows
     * @throws IllegalStateException if the index is closed
     */
    public SearchResult range(float[] query, float maxDistance, @Nullable RowMask allowed) {
        ensureOpen();
        if (Float.isNaN(maxDistance)) {
            throw new IllegalArgumentException("the greatest distance is NaN");
        }
        new SearchRequest(query, 1, 0, allowed).check(dimension(), metric(), size());
        return pool.call(scan -> scan.exact.range(query, maxDistance, allowed));
    }

    @Override
    public void close() {
        closed = true;
        image.close();
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("the index is closed: " + image.name());
        }
    }

    /** Scratch for one thread. */
    private final class Scan implements Searcher {
        private final ExactScan exact = new ExactScan(encoding, rows);

        @Override
        public SearchResult search(SearchRequest request) {
            ensureOpen();
            request.check(dimension(), metric(), size());
            return exact.nearest(request.query(), request.k(), request.allowed());
        }
    }
}
