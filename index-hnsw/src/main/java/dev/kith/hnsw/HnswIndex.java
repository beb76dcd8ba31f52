package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import dev.kith.spi.SearcherPool;

/** A finished graph. */
final class HnswIndex implements VectorIndex {
    private final HnswImage graph;
    private final SearcherPool<HnswSearcher> pool = new SearcherPool<>(this::searcher);
    private volatile boolean closed;

    HnswIndex(HnswImage graph) {
        this.graph = graph;
    }

    @Override
    public int size() {
        return graph.rows().size();
    }

    @Override
    public int dimension() {
        return graph.rows().encoding().dimension();
    }

    @Override
    public Metric metric() {
        return graph.spec().metric();
    }

    @Override
    public IndexSpec spec() {
        return graph.spec();
    }

    @Override
    public Vectors vectors() {
        return graph.rows().encoding().decoded(graph.rows().records());
    }

    @Override
    public IndexImage image() {
        return graph.image();
    }

    @Override
    public HnswSearcher searcher() {
        ensureOpen();
        return new HnswSearcher(this, graph);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        ensureOpen();
        return pool.call(searcher -> searcher.search(request));
    }

    void ensureOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "the index is closed: " + graph.image().name());
        }
    }

    @Override
    public void close() {
        closed = true;
        graph.image().close();
    }
}
