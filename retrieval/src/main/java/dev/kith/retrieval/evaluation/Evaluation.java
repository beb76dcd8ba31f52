package dev.kith.retrieval.evaluation;

import dev.kith.FlatSpec;
import dev.kith.Progress;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.IngestOptions;
import dev.kith.retrieval.IngestReport;
import dev.kith.retrieval.Query;
import dev.kith.text.CachedEmbedder;
import dev.kith.text.Document;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Measures ways of asking side by side on a test collection. Immutable: each method gives a changed copy.
 *
 * <p>A document scores as its best chunk. Means go over all judged queries, as {@code trec_eval -c}. Where queries are
 * documents of the collection themselves (same id, and the document holds the query's text), a query's own document is left
 * out, as BEIR does.
 *
 * @param dataset what is measured on
 * @param config the means of the corpora that are made, in memory; its embedder embeds each text once, unless it is a
 *     {@link CachedEmbedder} whose cache forgets
 * @param configurations the ways of asking; the first is the baseline of comparisons
 * @param measures what is measured; the first is the one that queries are compared by
 * @param passages how documents are cut
 * @param depth how many chunks each half finds and each query returns
 */
public record Evaluation(
        BeirDataset dataset,
        CorpusConfig config,
        List<Configuration> configurations,
        List<Measure> measures,
        List<Passages> passages,
        int depth) {
    /** As deep as published runs: enough for a hundred documents of several chunks each. */
    private static final int DEPTH = 1000;

    /** How documents become passages. */
    public enum Passages {
        /** One passage a document, and exact vector search: as published figures are measured. */
        WHOLE,
        /** As the config cuts and indexes. */
        CHUNKED
    }

    /** @throws IllegalArgumentException if there is nothing to measure, names repeat or depth is below 1 */
    public Evaluation {
        configurations = List.copyOf(configurations);
        measures = List.copyOf(measures);
        passages = List.copyOf(passages);
        if (configurations.isEmpty() || measures.isEmpty() || passages.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs configurations, measures and"
                    + " passages, found " + configurations.size() + ", " + measures.size()
                    + " and " + passages.size());
        }
        long names = configurations.stream().map(Configuration::name).distinct().count();
        if (names < configurations.size()) {
            throw new IllegalArgumentException("two configurations have one name: "
                    + configurations.stream().map(Configuration::name).toList());
        }
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be positive: " + depth);
        }
    }

    /** The {@linkplain Configuration#standard standard configurations} and measures, with whole and with cut documents. */
    public static Evaluation of(BeirDataset dataset, CorpusConfig config) {
        return new Evaluation(
                dataset,
                config,
                Configuration.standard(config),
                Measure.DEFAULTS,
                List.of(Passages.values()),
                DEPTH);
    }

    /** One more configuration: {@code with("deep", query -> query.candidates(5000))}. */
    public Evaluation with(String name, UnaryOperator<Query> query) {
        List<Configuration> more = new ArrayList<>(configurations);
        more.add(new Configuration(name, query));
        return withConfigurations(more);
    }

    /** These configurations alone. */
    public Evaluation withConfigurations(List<Configuration> configurations) {
        return new Evaluation(dataset, config, configurations, measures, passages, depth);
    }

    /** These measures alone. */
    public Evaluation withMeasures(List<Measure> measures) {
        return new Evaluation(dataset, config, configurations, measures, passages, depth);
    }

    /** Documents cut in these ways alone. */
    public Evaluation withPassages(List<Passages> passages) {
        return new Evaluation(dataset, config, configurations, measures, passages, depth);
    }

    /** Searches of another depth. */
    public Evaluation withDepth(int depth) {
        return new Evaluation(dataset, config, configurations, measures, passages, depth);
    }

    /**
     * Ingests the collection into memory, once for each way of cutting, and asks every query in every configuration.
     *
     * @param progress hears of ingested documents and of queries
     * @throws IllegalArgumentException if no query has a relevant document, or a configuration needs what the config lacks
     */
    public EvaluationReport run(Progress progress) throws IOException, InterruptedException {
        if (dataset.queries().keySet().stream().noneMatch(this::isAnswerable)) {
            throw new IllegalArgumentException(
                    "no query of " + dataset.name() + " has a relevant document");
        }
        // Not closed: that would close the caller's embedder.
        CorpusConfig caching = config.embedder() instanceof CachedEmbedder
                ? config
                : config.withEmbedder(new CachedEmbedder(config.embedder(), new RunCache()));
        List<EvaluationReport.Setting> settings = new ArrayList<>();
        for (Passages cut : passages) {
            CorpusConfig cutting = cut == Passages.CHUNKED
                    ? caching
                    : caching.withChunker(new WholeDocument())
                            .withIndex(new FlatSpec(config.index().metric()));
            settings.add(setting(cut, cutting, progress));
        }
        return new EvaluationReport(
                dataset.name() + ": " + dataset.documents().size() + " documents, "
                        + dataset.queries().size() + " judged queries",
                dataset.queries(),
                settings);
    }

    private boolean isAnswerable(String query) {
        return dataset.qrels().getOrDefault(query, Map.of()).values().stream()
                .anyMatch(grade -> grade > 0);
    }

    private EvaluationReport.Setting setting(Passages cut, CorpusConfig config, Progress progress)
            throws IOException, InterruptedException {
        try (Corpus corpus = Corpus.inMemory(config)) {
            long start = System.nanoTime();
            IngestReport ingest = corpus.ingest(
                    dataset.documents(),
                    IngestOptions.defaults()
                            .withProgress(progress, dataset.documents().size()));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<Trial> trials = trials(corpus, progress);
            return EvaluationReport.Setting.of(
                    cut.name().toLowerCase(Locale.ROOT),
                    new EvaluationReport.Ingested(
                            ingest.chunks(), ingest.droppedTokens(), ingest.failures(), took),
                    trials,
                    judged(),
                    measures);
        }
    }

    private List<Trial> trials(Corpus corpus, Progress progress)
            throws IOException, InterruptedException {
        Map<String, String> texts = new HashMap<>();
        for (Document document : dataset.documents()) {
            texts.put(document.id(), document.text());
        }
        // Ids alone do not tell that a query is a document: many collections number both from 1.
        Trial.Exclusion own = (query, document) -> query.equals(document)
                && texts.getOrDefault(document, "")
                        .contains(dataset.queries().getOrDefault(query, ""));
        List<Trial> trials = new ArrayList<>();
        for (Configuration configuration : configurations) {
            trials.add(Trial.of(corpus, configuration, dataset.queries(), depth, progress, own));
        }
        return trials;
    }

    /** The judgements of queries whose text is known. */
    private Qrels judged() {
        Map<String, Map<String, Integer>> grades = new HashMap<>(dataset.qrels());
        grades.keySet().retainAll(dataset.queries().keySet());
        return new Qrels(grades);
    }
}
