package dev.kith.qg;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;
import dev.kith.spi.SearcherPool;

import java.util.Objects;

/** A finished quantised graph. */
final class QgIndex implements VectorIndex {
    private final QgImage image;
    private final SearcherPool<QgSearcher> pool = new SearcherPool<>(this::searcher);
    private volatile boolean closed;

    QgIndex(QgImage image) {
        this.image = image;
    }

    @Override
    public int size() {
        return image.rows().size();
    }

    @Override
    public int dimension() {
        return image.graph().encoding().dimension();
    }

    @Override
    public Metric metric() {
        return image.spec().metric();
    }

    @Override
    public IndexSpec spec() {
        return image.spec();
    }

    @Override
    public Vectors vectors() {
        CodedWalk.Graph graph = image.graph();
        Vectors nodes = graph.encoding().decoded(graph.nodes());
        NodeRows rows = image.rows();
        return new Vectors() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public int dimension() {
                return nodes.dimension();
            }

            @Override
            public void read(int row, float[] into, int offset) {
                nodes.read(rows.node(Objects.checkIndex(row, rows.size())), into, offset);
            }
        };
    }

    @Override
    public IndexImage image() {
        return image.image();
    }

    @Override
    public QgSearcher searcher() {
        ensureOpen();
        return new QgSearcher(this, image);
    }

    @Override
    public SearchResult search(SearchRequest request) {
        ensureOpen();
        return pool.call(searcher -> searcher.search(request));
    }

    void ensureOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "the index is closed: " + image.image().name());
        }
    }

    @Override
    public void close() {
        closed = true;
        image.image().close();
    }
}
