package dev.kith;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What kind of index to build: a family, a metric and the family's options. Specs are records with validated
 * components, and have a text form, {@code hnsw?metric=euclidean&m=16}, for attributes and command lines.
 */
public interface IndexSpec {
    /** The family's name, such as {@code hnsw}. */
    String family();

    /** How rows are compared. */
    Metric metric();

    /** Every option with its value, in the family's order; the input that {@link IndexFamily#spec} takes. */
    Map<String, String> options();

    /** The text form, which {@link #parse} reads. */
    default String text() {
        StringBuilder text = new StringBuilder(family())
                .append("?metric=")
                .append(metric().name().toLowerCase(Locale.ROOT));
        options()
                .forEach(
                        (key, value) -> text.append('&').append(key).append('=').append(value));
        return text.toString();
    }

    /**
     * Reads the text form. Options that are left out have the family's defaults, the metric's is euclidean.
     *
     * @throws IllegalArgumentException if the text is malformed, or the family or an option unknown or out of range
     */
    static IndexSpec parse(String text) {
        int question = text.indexOf('?');
        IndexFamily family = IndexFamily.named(question < 0 ? text : text.substring(0, question));
        Map<String, String> options = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : text.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "expected option=value, found \"" + pair + "\" in " + text);
                }
                String key = pair.substring(0, equals);
                if (options.put(key, pair.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(
                            "option " + key + " is given twice in " + text);
                }
            }
        }
        String metric = options.remove("metric");
        return family.spec(metric == null ? Metric.EUCLIDEAN : metric(metric), options);
    }

    private static Metric metric(String name) {
        for (Metric metric : Metric.values()) {
            if (metric.name().equalsIgnoreCase(name)) {
                return metric;
            }
        }
        throw new IllegalArgumentException(
                "unknown metric: " + name + ", expected euclidean, dot_product or cosine");
    }
}
