package dev.kith.retrieval.evaluation;

import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.Progress;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.IngestOptions;
import dev.kith.retrieval.IngestReport;
import dev.kith.retrieval.Query;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures sparse, dense and hybrid retrieval on a test collection, twice: with one passage a document and exact vector
 * search, as published figures are measured, and as the given config cuts and indexes. A document scores as its best chunk.
 *
 * <p>trec_eval's conventions: gains are grades, ties are broken by descending id, a mean goes over all queries with a relevant
 * document, found or not. Where queries are documents of the collection themselves (same id, and the document holds the
 * query's text), a query's own document is left out.
 */
public final class Evaluation {
    private static final int CUT = 10;
    private static final int DEEP_CUT = 100;

    /** Chunks that each half finds, as deep as published runs: enough for a hundred documents of several chunks each. */
    private static final int HITS = 1000;

    private final BeirDataset dataset;
    private final CorpusConfig config;
    private final Progress progress;
    private final Map<String, String> documents = new HashMap<>();

    private Evaluation(BeirDataset dataset, CorpusConfig config, Progress progress) {
        this.dataset = dataset;
        this.config = config.withEmbedder(new RememberingEmbedder(config.embedder()));
        this.progress = progress;
        dataset.documents().forEach(document -> documents.put(document.id(), document.text()));
    }

    /**
     * Ingests the collection into memory and searches it.
     *
     * @param progress hears of ingested documents and of queries
     * @throws IllegalArgumentException if no query has a relevant document
     */
    public static EvaluationReport run(BeirDataset dataset, CorpusConfig config, Progress progress)
            throws IOException, InterruptedException {
        return new Evaluation(dataset, config, progress).run();
    }

    private EvaluationReport run() throws IOException, InterruptedException {
        List<String> queries = dataset.queries().keySet().stream()
                .filter(query -> grades(query).values().stream().anyMatch(grade -> grade > 0))
                .toList();
        if (queries.isEmpty()) {
            throw new IllegalArgumentException(
                    "no query of " + dataset.name() + " has a relevant document");
        }
        Metric metric = config.index().metric();
        CorpusConfig whole =
                config.withChunker(new WholeDocument()).withIndex(new FlatSpec(metric));
        return new EvaluationReport(
                dataset.name(),
                dataset.documents().size(),
                queries.size(),
                List.of(setting("whole", whole, queries), setting("chunked", config, queries)));
    }

    private Map<String, Integer> grades(String query) {
        return dataset.qrels().getOrDefault(query, Map.of());
    }

    private EvaluationReport.Setting setting(String name, CorpusConfig config, List<String> queries)
            throws IOException, InterruptedException {
        try (Corpus corpus = Corpus.inMemory(config)) {
            long start = System.nanoTime();
            IngestOptions options = IngestOptions.defaults()
                    .withProgress(progress, dataset.documents().size());
            IngestReport ingest = corpus.ingest(dataset.documents(), options);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<EvaluationReport.Row> rows = new ArrayList<>();
            for (Query.Mode mode :
                    List.of(Query.Mode.SPARSE, Query.Mode.DENSE, Query.Mode.HYBRID)) {
                rows.add(row(corpus, mode, queries));
            }
            return new EvaluationReport.Setting(
                    name,
                    ingest.chunks(),
                    ingest.droppedTokens(),
                    ingest.failures().size(),
                    took,
                    rows);
        }
    }

    private EvaluationReport.Row row(Corpus corpus, Query.Mode mode, List<String> queries)
            throws IOException, InterruptedException {
        double ndcg = 0;
        double recall = 0;
        double reciprocalRank = 0;
        long done = 0;
        for (String id : queries) {
            Query query = Query.of(dataset.queries().getOrDefault(id, ""))
                    .mode(mode)
                    .topK(HITS)
                    .candidates(HITS);
            List<String> ranked =
                    Metrics.ranked(scores(corpus.search(query).hits(), own(id, query.text())));
            ndcg += Metrics.ndcg(ranked, grades(id), CUT);
            recall += Metrics.recall(ranked, grades(id), DEEP_CUT);
            reciprocalRank += Metrics.reciprocalRank(ranked, grades(id), CUT);
            progress.update("search", ++done, queries.size());
        }
        int n = queries.size();
        return new EvaluationReport.Row(mode, ndcg / n, recall / n, reciprocalRank / n);
    }

    /** The id of the document that is the query, or "". Ids alone do not tell: many collections number both from 1. */
    private String own(String query, String text) {
        return documents.getOrDefault(query, "").contains(text) ? query : "";
    }

    /** Each document's best score, without one document. */
    private static Map<String, Double> scores(List<Hit> hits, String own) {
        Map<String, Double> scores = new HashMap<>();
        for (Hit hit : hits) {
            if (!hit.documentId().equals(own)) {
                scores.merge(hit.documentId(), hit.score(), Math::max);
            }
        }
        return scores;
    }
}
