package dev.kith;

import java.util.Map;

/**
 * The exact index: every row is compared with the query. It has no options. The right choice for some thousands of rows,
 * and the oracle that other kinds are measured against.
 *
 * @param metric how rows are compared
 */
public record FlatSpec(Metric metric) implements IndexSpec {
    /** The family's name in specs. */
    static final String FAMILY = "flat";

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public Map<String, String> options() {
        return Map.of();
    }
}
