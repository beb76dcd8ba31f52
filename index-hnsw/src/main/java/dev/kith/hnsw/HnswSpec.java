package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an HNSW graph is built from.
 *
 * @param metric how rows are compared
 * @param m how many neighbours a row chooses when it is inserted, in [2, 256]; a list on the bottom layer holds at most
 *     {@code 2 * m}, on the layers above at most {@code m}
 * @param efConstruction how many candidates an insertion looks at, in [1, 10000]; more costs time and gives a better
 *     graph
 * @param seed decides the order of insertion and with it the layers
 */
public record HnswSpec(Metric metric, int m, int efConstruction, long seed) implements IndexSpec {
    /** The family's name. */
    public static final String FAMILY = "hnsw";

    static final int MAX_M = 256;
    static final int MAX_EF_CONSTRUCTION = 10_000;

    private static final int DEFAULT_M = 16;
    private static final int DEFAULT_EF_CONSTRUCTION = 200;
    private static final long DEFAULT_SEED = 42;

    /** @throws IllegalArgumentException if m or efConstruction is out of range */
    public HnswSpec {
        if (m < 2 || m > MAX_M) {
            throw new IllegalArgumentException("m must be in [2, " + MAX_M + "]: " + m);
        }
        if (efConstruction < 1 || efConstruction > MAX_EF_CONSTRUCTION) {
            throw new IllegalArgumentException("efConstruction must be in [1, "
                    + MAX_EF_CONSTRUCTION + "]: " + efConstruction);
        }
    }

    /** The defaults: m = 16, efConstruction = 200, seed = 42. */
    public static HnswSpec of(Metric metric) {
        return new HnswSpec(metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION, DEFAULT_SEED);
    }

    /** The same spec with another m. */
    public HnswSpec withM(int m) {
        return new HnswSpec(metric, m, efConstruction, seed);
    }

    /** The same spec with another efConstruction. */
    public HnswSpec withEfConstruction(int efConstruction) {
        return new HnswSpec(metric, m, efConstruction, seed);
    }

    /** The same spec with another seed. */
    public HnswSpec withSeed(long seed) {
        return new HnswSpec(metric, m, efConstruction, seed);
    }

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("m", Integer.toString(m));
        options.put("efConstruction", Integer.toString(efConstruction));
        options.put("seed", Long.toString(seed));
        return options;
    }

    /** Reads options in text form; the inverse of {@link #options}. */
    static HnswSpec parse(Metric metric, Map<String, String> options) {
        HnswSpec spec = of(metric);
        for (Map.Entry<String, String> option : options.entrySet()) {
            String key = option.getKey();
            long value = number(key, option.getValue());
            spec = switch (key) {
                case "m" -> spec.withM(Math.clamp(value, -1, Integer.MAX_VALUE));
                case "efConstruction" ->
                    spec.withEfConstruction(Math.clamp(value, -1, Integer.MAX_VALUE));
                case "seed" -> spec.withSeed(value);
                default ->
                    throw new IllegalArgumentException("unknown option of hnsw: " + key
                            + ", expected m, efConstruction or seed");
            };
        }
        return spec;
    }

    private static long number(String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number: " + value, e);
        }
    }
}
