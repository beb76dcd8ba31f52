package dev.kith.retrieval.evaluation;

import dev.kith.retrieval.IngestReport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Systems side by side: how well they retrieve, how sure their differences are, how long they take, and on which queries they
 * differ. Immutable. Shown as a {@linkplain #table table}, as a {@linkplain #html page} or as {@linkplain #json numbers}.
 *
 * @param title one line: what was measured
 * @param queries the queries' texts by id, as far as they are known
 * @param settings one per way of cutting documents
 */
public record EvaluationReport(String title, Map<String, String> queries, List<Setting> settings) {
    /**
     * Systems that were measured under equal conditions.
     *
     * @param name what the conditions are
     * @param ingested what was searched, or null if that is not known
     * @param trials what each system found
     * @param comparison what the systems' scores are, and how they differ
     */
    public record Setting(
            String name, @Nullable Ingested ingested, List<Trial> trials, Comparison comparison) {
        /** Copies the trials. */
        public Setting {
            trials = List.copyOf(trials);
        }

        static Setting of(
                String name,
                @Nullable Ingested ingested,
                List<Trial> trials,
                Qrels qrels,
                List<Measure> measures) {
            return new Setting(
                    name,
                    ingested,
                    trials,
                    Comparison.of(trials.stream()
                            .map(trial -> trial.run().score(qrels, measures))
                            .toList()));
        }
    }

    /**
     * What was searched.
     *
     * @param chunks how many chunks
     * @param droppedTokens how many tokens the embedder cut off because a chunk was too long for it
     * @param failures the documents that could not be ingested
     * @param took how long the ingest took; vectors of texts that were embedded before are found in memory
     */
    public record Ingested(
            long chunks, long droppedTokens, List<IngestReport.Failure> failures, Duration took) {
        /** Copies the failures. */
        public Ingested {
            failures = List.copyOf(failures);
        }
    }

    /** Copies all. */
    public EvaluationReport {
        queries = Collections.unmodifiableMap(new TreeMap<>(queries));
        settings = List.copyOf(settings);
    }

    /**
     * Compares run files, of whatever system. Means go over all judged queries, as {@code trec_eval -c}.
     *
     * @param title one line: what was measured
     * @param runs the runs, whose names differ; the first is the baseline
     * @throws IllegalArgumentException if there is no run or no judged query, or two runs have one name
     */
    public static EvaluationReport of(
            String title, Qrels qrels, List<Run> runs, List<Measure> measures) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("no run to compare");
        }
        List<Trial> trials = runs.stream().map(run -> new Trial(run, Map.of())).toList();
        return new EvaluationReport(
                title, Map.of(), List.of(Setting.of("runs", null, trials, qrels, measures)));
    }

    /**
     * The same with another baseline.
     *
     * @throws IllegalArgumentException if no system has that name
     */
    public EvaluationReport against(String baseline) {
        return new EvaluationReport(
                title,
                queries,
                settings.stream()
                        .map(setting -> new Setting(
                                setting.name(),
                                setting.ingested(),
                                setting.trials(),
                                setting.comparison().against(baseline)))
                        .toList());
    }

    /** The report as aligned text: measures with marks of significance, then latencies. */
    public String table() {
        return TextReport.of(this);
    }

    /** The report as a page that needs nothing else, light or dark as the reader's system is. */
    public String html() {
        return new HtmlReport(this).page();
    }

    /** The report as one JSON object, with every query's values. */
    public String json() {
        return JsonReport.of(this);
    }
}
