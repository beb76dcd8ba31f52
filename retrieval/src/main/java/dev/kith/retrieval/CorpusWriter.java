package dev.kith.retrieval;

import dev.kith.lucene.FormatOptions;
import dev.kith.lucene.KithCodec;
import dev.kith.lucene.KithVectorsFormat;
import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.store.FilterQuery;
import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Layout.EmbeddedChunk;
import dev.kith.retrieval.store.Ledger;
import dev.kith.retrieval.store.Manifest;
import dev.kith.retrieval.store.Schema;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Document;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a corpus: changes documents in Lucene and remembers what has changed since the last commit. Guarded by the
 * corpus's write lock.
 */
final class CorpusWriter implements Closeable {
    private static final double BUFFER_MIB = 64;

    private final IndexWriter lucene;
    private final CorpusConfig config;
    private final Snapshots snapshots;
    private final Ledger ledger = new Ledger();
    private Manifest manifest;

    private CorpusWriter(
            IndexWriter lucene, CorpusConfig config, Manifest manifest, Snapshots snapshots) {
        this.lucene = lucene;
        this.config = config;
        this.manifest = manifest;
        this.snapshots = snapshots;
    }

    /** Opens the corpus in a directory, or makes one. Commits a new one at once, so that it can be opened read-only. */
    @SuppressWarnings("MustBeClosedChecker")
    static CorpusWriter open(
            Directory directory, CorpusConfig config, Analyzer analyzer, String path)
            throws IOException {
        IndexWriter lucene;
        try {
            lucene = new IndexWriter(directory, writing(config, analyzer));
        } catch (LockObtainFailedException e) {
            throw new CorpusLockedException(path, e);
        }
        try {
            Manifest manifest = manifest(config);
            Map<String, String> data = new HashMap<>();
            lucene.getLiveCommitData().forEach(e -> data.put(e.getKey(), e.getValue()));
            if (DirectoryReader.indexExists(directory)) {
                Manifest built = Manifest.of(data, path);
                built.checkOpenedWith(manifest, path);
                manifest = manifest.withSchema(built.schema());
            } else {
                lucene.setLiveCommitData(manifest.toUserData().entrySet());
                lucene.commit();
            }
            Snapshots snapshots = new Snapshots(directory, config.bm25(), path);
            return new CorpusWriter(lucene, config, manifest, snapshots);
        } catch (IOException | RuntimeException e) {
            lucene.rollback();
            throw e;
        }
    }

    private static IndexWriterConfig writing(CorpusConfig config, Analyzer analyzer) {
        return new IndexWriterConfig(analyzer)
                .setCodec(codec(config))
                .setSimilarity(
                        new BM25Similarity(config.bm25().k1(), config.bm25().b()))
                .setRAMBufferSizeMB(BUFFER_MIB)
                .setCommitOnClose(false);
    }

    private static Codec codec(CorpusConfig config) {
        return new KithCodec(
                new KithVectorsFormat(FormatOptions.defaults().withSpec(config.index())));
    }

    /** What a corpus opened with that config is built with. */
    static Manifest manifest(CorpusConfig config) {
        return new Manifest(
                config.embedder().identity(),
                config.embedder().dimension(),
                config.index().metric().name(),
                config.analysis().name(),
                new Schema(new TreeMap<>()));
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Schema schema() {
        return manifest.schema();
    }

    /** What is known of a document, uncommitted changes included; null if there is none. */
    Ledger.@Nullable Entry entry(String id, Snapshot committed) throws IOException {
        return ledger.get(id, committed);
    }

    /** What has changed since the last commit; null for deleted documents. */
    Map<String, Ledger.@Nullable Entry> pending() {
        return ledger.pending();
    }

    /** Puts a document in the place of its earlier version, if any. The schema grows as given. */
    void replace(
            Document document,
            Ledger.Entry entry,
            List<EmbeddedChunk> chunks,
            Layout.@Nullable Summary summary,
            Schema schema)
            throws IOException {
        lucene.updateDocuments(
                new Term(Layout.DOC, document.id()),
                Layout.block(document, entry, chunks, summary, similarity()));
        manifest = manifest.withSchema(schema);
        ledger.pending().put(document.id(), entry);
    }

    private VectorSimilarityFunction similarity() {
        return switch (config.index().metric()) {
            case COSINE -> VectorSimilarityFunction.COSINE;
            case EUCLIDEAN -> VectorSimilarityFunction.EUCLIDEAN;
            case DOT_PRODUCT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
        };
    }

    /** Removes a document; says whether there was one. */
    boolean delete(String id) throws IOException {
        boolean present = snapshots.read(committed -> entry(id, committed)) != null;
        if (present) {
            lucene.deleteDocuments(new Term(Layout.DOC, id));
            ledger.pending().put(id, null);
        }
        return present;
    }

    /** Removes the documents that fulfil a filter, uncommitted ones included; says how many. */
    int delete(Filter filter) throws IOException {
        var query = FilterQuery.of(filter, schema());
        try (DirectoryReader reader = DirectoryReader.open(lucene)) {
            List<String> ids = Snapshot.documentIds(new IndexSearcher(reader), query);
            for (String id : ids) {
                delete(id);
            }
            return ids.size();
        }
    }

    /** Makes everything since the last commit durable, then visible. */
    void commit() throws IOException {
        if (lucene.hasUncommittedChanges()) {
            lucene.setLiveCommitData(manifest.toUserData().entrySet());
            lucene.commit();
        }
        ledger.pending().clear();
        snapshots.refresh();
    }

    /** Gives up what is not committed. */
    @Override
    public void close() throws IOException {
        try {
            lucene.rollback();
        } finally {
            snapshots.close();
        }
    }
}
