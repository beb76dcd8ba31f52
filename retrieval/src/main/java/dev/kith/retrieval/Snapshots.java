package dev.kith.retrieval;

import dev.kith.retrieval.store.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/** Hands out the latest commit to any number of threads. */
final class Snapshots implements Closeable {
    /** A reading of one snapshot. */
    interface Reading<T extends @Nullable Object, E extends Exception> {
        T read(Snapshot snapshot) throws IOException, E;
    }

    private final SearcherManager searchers;
    private final String path;

    Snapshots(Directory directory, Bm25 bm25, String path) throws IOException {
        this.path = path;
        this.searchers = new SearcherManager(directory, new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity(bm25.k1(), bm25.b()));
                return searcher;
            }
        });
    }

    <T extends @Nullable Object, E extends Exception> T read(Reading<T, E> reading)
            throws IOException, E {
        Snapshot snapshot = acquire();
        try {
            return reading.read(snapshot);
        } finally {
            release(snapshot);
        }
    }

    /** The latest commit; to be released. */
    Snapshot acquire() throws IOException {
        IndexSearcher searcher;
        try {
            searcher = searchers.acquire();
        } catch (AlreadyClosedException e) {
            throw new IllegalStateException("corpus is closed: " + path, e);
        }
        try {
            return new Snapshot(searcher, path);
        } catch (IOException | RuntimeException e) {
            searchers.release(searcher);
            throw e;
        }
    }

    void release(Snapshot snapshot) throws IOException {
        searchers.release(snapshot.searcher());
    }

    /** Sees commits made since. */
    void refresh() throws IOException {
        try {
            searchers.maybeRefreshBlocking();
        } catch (AlreadyClosedException e) {
            throw new IllegalStateException("corpus is closed: " + path, e);
        }
    }

    @Override
    public void close() throws IOException {
        searchers.close();
    }
}
