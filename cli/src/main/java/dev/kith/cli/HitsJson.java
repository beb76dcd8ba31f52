package dev.kith.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.retrieval.Explained;
import dev.kith.retrieval.Explanation;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.Results;
import dev.kith.retrieval.Signals.Signal;
import dev.kith.retrieval.WhyNot;
import dev.kith.retrieval.filter.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows hits to programs: one JSON object on one line. */
final class HitsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HitsJson() {}

    static String of(Query query, Explained answer) {
        Results results = answer.results();
        ObjectNode root = JSON.createObjectNode();
        root.put("query", query.text());
        root.put("mode", query.mode().name().toLowerCase(Locale.ROOT));
        ArrayNode hits = root.putArray("hits");
        for (Hit hit : results.hits()) {
            add(hits.addObject(), hits.size(), hit);
        }
        for (Explanation explanation : answer.hits()) {
            root.withArray("explanations").add(explanation(explanation));
        }
        timings(root.putObject("milliseconds"), results.timings());
        return text(root);
    }

    static String of(Query query, WhyNot answer) {
        ObjectNode root = JSON.createObjectNode();
        root.put("query", query.text());
        root.put("document", answer.documentId());
        root.put("reason", answer.reason().name().toLowerCase(Locale.ROOT));
        root.put("sentence", answer.sentence());
        strings(
                root.putArray("failed"),
                answer.failed().stream().map(Filter::toText).toList());
        root.set("dense", JSON.valueToTree(answer.dense()));
        root.set("sparse", JSON.valueToTree(answer.sparse()));
        root.put("before", answer.before());
        root.put("rank", answer.rank());
        return text(root);
    }

    private static String text(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    /** Without the hit, which stands at the same index of the hits. */
    private static ObjectNode explanation(Explanation explanation) {
        ObjectNode node = JSON.createObjectNode();
        node.set("dense", JSON.valueToTree(explanation.dense()));
        node.set("sparse", JSON.valueToTree(explanation.sparse()));
        node.set("terms", JSON.valueToTree(explanation.terms()));
        node.put("before", explanation.before());
        node.set("rerank", JSON.valueToTree(explanation.rerank()));
        return node;
    }

    private static void add(ObjectNode node, int rank, Hit hit) {
        node.put("rank", rank);
        node.put("document", hit.documentId());
        node.put("start", hit.span().start());
        node.put("end", hit.span().end());
        ArrayNode found = node.putArray("found");
        hit.found()
                .forEach(span ->
                        found.addObject().put("start", span.start()).put("end", span.end()));
        strings(node.putArray("headings"), hit.headings());
        node.put("score", hit.score());
        ObjectNode signals = node.putObject("signals");
        signal(signals, "dense", hit.signals().dense());
        signal(signals, "sparse", hit.signals().sparse());
        signal(signals, "fused", hit.signals().fused());
        signal(signals, "rerank", hit.signals().rerank());
        node.put("text", hit.text());
        if (!hit.content().equals(hit.text())) {
            node.put("content", hit.content());
        }
        ObjectNode metadata = node.putObject("metadata");
        hit.metadata().values().forEach((name, value) -> metadata(metadata, name, value));
    }

    private static void signal(ObjectNode node, String name, @Nullable Signal signal) {
        if (signal != null) {
            node.putObject(name).put("raw", signal.raw()).put("rank", signal.rank());
        }
    }

    private static void metadata(ObjectNode node, String name, Object value) {
        switch (value) {
            case Long number -> node.put(name, number);
            case Double number -> node.put(name, number);
            case Boolean flag -> node.put(name, flag);
            case List<?> list -> strings(node.putArray(name), list);
            default -> node.put(name, value.toString()); // a string, or an instant in ISO form
        }
    }

    private static void strings(ArrayNode array, List<?> strings) {
        strings.forEach(string -> array.add(String.valueOf(string)));
    }

    private static void timings(ObjectNode node, Results.Timings timings) {
        node.put("embed", millis(timings.embed()));
        node.put("dense", millis(timings.dense()));
        node.put("sparse", millis(timings.sparse()));
        node.put("fusion", millis(timings.fusion()));
        node.put("rerank", millis(timings.rerank()));
        node.put("total", millis(timings.total()));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
