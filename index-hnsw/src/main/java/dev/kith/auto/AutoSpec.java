package dev.kith.auto;

import dev.kith.IndexSpec;
import dev.kith.Metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whichever index reaches a recall in the least time, by measurement: {@code qg} with rows as float32 or int8, or {@code hnsw}
 * with codes of int8. What is built is an index of the family chosen, whose {@link dev.kith.VectorIndex#spec} tells the
 * choice. Where no graph reaches the recall or few enough bytes, and below 2,048 rows, it is the exact {@code flat} index.
 *
 * <p>What a graph reaches is its calibration, measured on rows that its own build holds out. Times are those of searches by one
 * thread for vectors half-way between rows near each other: rows are no longer held out then, and to hold some out would take a
 * second build, while the time of a search hardly depends on whether its query is in the graph. <b>So the choice
 * depends on the machine and on what else it does</b>: the same rows and spec may give another index the next time.
 *
 * @param metric how rows are compared
 * @param recall the share of the true nearest ten that is to be found, in (0, 1)
 * @param bytes how many bytes a row the index may have, or {@link #UNBOUNDED}; at least what a row takes as float32
 */
public record AutoSpec(Metric metric, double recall, long bytes) implements IndexSpec {
    /** The family's name. */
    public static final String FAMILY = "auto";

    /** As {@code bytes}: any number. */
    public static final long UNBOUNDED = 0;

    private static final double DEFAULT_RECALL = 0.95;

    /** @throws IllegalArgumentException if a value is out of range */
    public AutoSpec {
        if (!(recall > 0 && recall < 1)) {
            throw new IllegalArgumentException("recall must be in (0, 1): " + recall);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
    }

    /** The defaults: recall = 0.95, any number of bytes. */
    public static AutoSpec of(Metric metric) {
        return new AutoSpec(metric, DEFAULT_RECALL, UNBOUNDED);
    }

    /** The same spec with another recall. */
    public AutoSpec withRecall(double recall) {
        return new AutoSpec(metric, recall, bytes);
    }

    /** The same spec with another bound on memory. */
    public AutoSpec withBytes(long bytes) {
        return new AutoSpec(metric, recall, bytes);
    }

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("recall", Double.toString(recall));
        options.put("bytes", Long.toString(bytes));
        return options;
    }

    /** Reads options in text form; the inverse of {@link #options}. */
    static AutoSpec parse(Metric metric, Map<String, String> options) {
        AutoSpec spec = of(metric);
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            try {
                spec = switch (option.getKey()) {
                    case "recall" -> spec.withRecall(Double.parseDouble(value));
                    case "bytes" -> spec.withBytes(Long.parseLong(value));
                    default ->
                        throw new IllegalArgumentException("unknown option of auto: "
                                + option.getKey() + ", expected recall or bytes");
                };
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        option.getKey() + " must be a number: " + value, e);
            }
        }
        return spec;
    }
}
