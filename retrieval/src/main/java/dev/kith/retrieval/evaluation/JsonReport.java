package dev.kith.retrieval.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Locale;

/** A report for programs: one JSON object. */
final class JsonReport {
    private JsonReport() {}

    static String of(EvaluationReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", report.title());
        ArrayNode settings = root.putArray("settings");
        report.settings().forEach(setting -> add(settings.addObject(), setting));
        return root.toString();
    }

    private static void add(ObjectNode node, EvaluationReport.Setting setting) {
        node.put("name", setting.name());
        EvaluationReport.Ingested ingested = setting.ingested();
        if (ingested != null) {
            node.put("passages", ingested.chunks());
            node.put("droppedTokens", ingested.droppedTokens());
            node.put("ingestSeconds", ingested.took().toMillis() / 1e3);
            ObjectNode failures = node.putObject("failures");
            ingested.failures()
                    .forEach(failure -> failures.put(failure.documentId(), failure.reason()));
        }
        Comparison comparison = setting.comparison();
        node.put("baseline", comparison.baseline().name());
        node.put("queries", comparison.baseline().queries().size());
        ObjectNode systems = node.putObject("systems");
        for (Trial trial : setting.trials()) {
            add(systems.putObject(trial.run().name()), trial, comparison);
        }
        for (Measure measure : comparison.measures()) {
            for (Comparison.Difference difference : comparison.differences(measure)) {
                ObjectNode against = (ObjectNode)
                        systems.path(difference.name()).path("measures").path(measure.name());
                add(against.putObject("againstBaseline"), difference);
            }
        }
    }

    private static void add(ObjectNode node, Trial trial, Comparison comparison) {
        Scores scores = comparison.named(trial.run().name());
        ObjectNode measures = node.putObject("measures");
        for (Measure measure : scores.measures()) {
            ObjectNode one = measures.putObject(measure.name());
            one.put("mean", scores.mean(measure));
            ObjectNode queries = one.putObject("queries");
            scores.values(measure).forEach(queries::put);
        }
        ObjectNode millis = node.putObject("milliseconds");
        trial.latencies().forEach((stage, latency) -> {
            ObjectNode one = millis.putObject(stage.name().toLowerCase(Locale.ROOT));
            one.put("p50", latency.p50().toNanos() / 1e6);
            one.put("p95", latency.p95().toNanos() / 1e6);
            one.put("p99", latency.p99().toNanos() / 1e6);
        });
    }

    private static void add(ObjectNode node, Comparison.Difference difference) {
        node.put("difference", difference.difference());
        node.put("low", difference.interval().low());
        node.put("high", difference.interval().high());
        node.put("p", difference.p());
        node.put("pCorrected", difference.corrected());
        node.put("pOfTTest", difference.tTest());
        node.put("better", difference.better());
        node.put("worse", difference.worse());
        node.put("significant", difference.significant());
    }
}
