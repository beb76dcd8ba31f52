package dev.kith.retrieval;

import dev.kith.retrieval.store.FilterQuery;
import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.retrieval.store.StoredChunk;
import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Reranker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/** One search in one snapshot: composes the stages that the query asks for and reads what they find. */
final class Search {
    private final Snapshot snapshot;
    private final CorpusConfig config;
    private final Query query;
    private final Stopwatch watch = new Stopwatch();

    Search(Snapshot snapshot, CorpusConfig config, Query query) {
        this.snapshot = snapshot;
        this.config = config;
        this.query = query;
    }

    Results run(Analyzer analyzer) throws IOException, InterruptedException {
        List<Candidate> found;
        try {
            found = retriever(analyzer).retrieve(query.depth());
        } catch (IndexSearcher.TooManyClauses e) {
            throw new IllegalArgumentException(
                    "the filter has too many conditions; use in for many values of a field", e);
        }
        List<Hit> hits = new ArrayList<>();
        for (Candidate candidate : found.subList(0, Math.min(query.topK(), found.size()))) {
            hits.add(hit(candidate));
        }
        return new Results(hits, watch.timings());
    }

    private Retriever retriever(Analyzer analyzer) {
        var filter = query.filter() == null
                ? null
                : FilterQuery.of(query.filter(), snapshot.manifest().schema());
        Retriever dense = new DenseRetriever(snapshot, config, query.text(), filter, watch);
        Retriever sparse = new SparseRetriever(snapshot, analyzer, query.text(), filter, watch);
        Retriever found = switch (query.mode()) {
            case DENSE -> dense;
            case SPARSE -> sparse;
            case HYBRID ->
                new HybridRetriever(
                        dense,
                        sparse,
                        query.fusion() == null ? config.fusion() : query.fusion(),
                        watch);
        };
        if (query.rerank() == 0) {
            return found;
        }
        Reranker reranker = config.reranker();
        if (reranker == null) {
            throw new IllegalArgumentException(
                    "the query asks for reranking, the corpus has no reranker");
        }
        return new RerankedRetriever(found, reranker, snapshot, query, watch);
    }

    private Hit hit(Candidate candidate) throws IOException {
        String id = candidate.place().documentId();
        Document document = snapshot.document(id);
        if (document == null) {
            throw new IllegalStateException("chunk without a document: " + candidate.place());
        }
        StoredChunk stored = snapshot.chunk(candidate.doc());
        Chunk chunk = stored.chunk(document.text());
        return new Hit(
                id,
                candidate.place().ordinal(),
                chunk.span(),
                chunk.span().of(document.text()),
                chunk.content(),
                chunk.headings(),
                chunk.parent(),
                candidate.score(),
                candidate.signals(),
                Layout.merge(document.metadata(), chunk.metadata()));
    }
}
