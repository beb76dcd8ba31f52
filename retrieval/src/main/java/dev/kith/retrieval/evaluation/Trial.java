package dev.kith.retrieval.evaluation;

import dev.kith.Progress;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.Results;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a configuration found for each query of a collection, and how long it took.
 *
 * @param run the documents found, each with the score of its best chunk; or, where the configuration orders hits otherwise than
 *     by score, with one over its place
 * @param latencies of the stages that were run; empty if nothing is known of them
 */
public record Trial(Run run, Map<Stage, Latency> latencies) {
    /** A part of a search. */
    public enum Stage {
        /** Searching the vectors. */
        DENSE,
        /** Searching the terms. */
        SPARSE,
        /** Making one ranking of two. */
        FUSION,
        /** Reading passages with the reranker. */
        RERANK,
        /** All of it, without embedding the question, which an evaluation remembers from configuration to configuration. */
        TOTAL;

        private Duration of(Results.Timings timings) {
            return switch (this) {
                case DENSE -> timings.dense();
                case SPARSE -> timings.sparse();
                case FUSION -> timings.fusion();
                case RERANK -> timings.rerank();
                case TOTAL -> timings.total().minus(timings.embed());
            };
        }
    }

    /**
     * How long a stage took: half, 95 % and 99 % of the queries no longer than this (nearest rank).
     *
     * @param p50 the median
     * @param p95 the 95th percentile
     * @param p99 the 99th percentile
     */
    public record Latency(Duration p50, Duration p95, Duration p99) {
        static Latency of(List<Duration> durations) {
            Duration[] sorted = durations.stream().sorted().toArray(Duration[]::new);
            return new Latency(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
        }

        private static Duration at(Duration[] sorted, double share) {
            return sorted[(int) Math.ceil(share * sorted.length) - 1];
        }
    }

    /** Copies the latencies. */
    public Trial {
        Map<Stage, Latency> copy = new EnumMap<>(Stage.class);
        copy.putAll(latencies);
        latencies = Collections.unmodifiableMap(copy);
    }

    /** Names the documents that are left out of a query's answer. */
    interface Exclusion {
        boolean excludes(String query, String document);
    }

    /**
     * Asks a corpus each query once, one after another.
     *
     * @param queries their texts by id
     * @param depth how many chunks each half finds and each query returns, unless the configuration says otherwise
     * @param progress hears of queries, under the configuration's name
     * @throws IllegalArgumentException if there is no query, or the corpus cannot answer as the configuration asks
     */
    public static Trial of(
            Corpus corpus,
            Configuration configuration,
            Map<String, String> queries,
            int depth,
            Progress progress)
            throws IOException, InterruptedException {
        return of(corpus, configuration, queries, depth, progress, (query, document) -> false);
    }

    static Trial of(
            Corpus corpus,
            Configuration configuration,
            Map<String, String> queries,
            int depth,
            Progress progress,
            Exclusion exclusion)
            throws IOException, InterruptedException {
        if (queries.isEmpty()) {
            throw new IllegalArgumentException("no query to ask");
        }
        Map<String, Map<String, Double>> scores = new TreeMap<>();
        List<Results.Timings> timings = new ArrayList<>();
        for (var entry : queries.entrySet()) {
            Query query = Query.of(entry.getValue()).topK(depth).candidates(depth);
            Results results = corpus.search(configuration.query().apply(query));
            Map<String, Double> found = documents(results.hits());
            found.keySet().removeIf(document -> exclusion.excludes(entry.getKey(), document));
            if (!found.isEmpty()) {
                scores.put(entry.getKey(), found);
            }
            timings.add(results.timings());
            progress.update("search " + configuration.name(), timings.size(), queries.size());
        }
        return new Trial(new Run(configuration.name(), scores), latencies(timings));
    }

    /** Each document with the score of its best hit; or if hits are not ordered by score, with one over its place. */
    private static Map<String, Double> documents(List<Hit> hits) {
        Map<String, Double> documents = new LinkedHashMap<>();
        hits.forEach(hit -> documents.merge(hit.documentId(), hit.score(), Math::max));
        List<Double> scores = List.copyOf(documents.values());
        if (!scores.equals(scores.stream().sorted(Comparator.reverseOrder()).toList())) {
            int[] place = {0};
            documents.replaceAll((document, score) -> 1.0 / ++place[0]);
        }
        return documents;
    }

    private static Map<Stage, Latency> latencies(List<Results.Timings> timings) {
        Map<Stage, Latency> latencies = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            List<Duration> spent = timings.stream().map(stage::of).toList();
            if (spent.stream().anyMatch(Duration::isPositive)) {
                latencies.put(stage, Latency.of(spent));
            }
        }
        return latencies;
    }
}
