package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.Encodings;

import java.util.LinkedHashMap;
import java.util.List;
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
 * @param codes the encoding of a second, smaller copy of the rows, by which the graph is built and walked, while answers are
 *     ranked by the rows themselves: {@code int8}, a quarter of the bytes, {@code int4}, an eighth, or {@code none}
 */
public record HnswSpec(Metric metric, int m, int efConstruction, long seed, String codes)
        implements IndexSpec {
    /** The family's name. */
    public static final String FAMILY = "hnsw";

    static final String NO_CODES = "none";
    static final List<String> CODES = List.of(NO_CODES, "int8", "int4");
    static final int MAX_M = 256;
    static final int MAX_EF_CONSTRUCTION = 10_000;

    private static final int DEFAULT_M = 16;
    private static final int DEFAULT_EF_CONSTRUCTION = 200;
    private static final long DEFAULT_SEED = 42;
    private static final String DEFAULT_CODES = "int8";

    /** @throws IllegalArgumentException if m or efConstruction is out of range, or there are no codes of that name */
    public HnswSpec {
        if (m < 2 || m > MAX_M) {
            throw new IllegalArgumentException("m must be in [2, " + MAX_M + "]: " + m);
        }
        if (efConstruction < 1 || efConstruction > MAX_EF_CONSTRUCTION) {
            throw new IllegalArgumentException("efConstruction must be in [1, "
                    + MAX_EF_CONSTRUCTION + "]: " + efConstruction);
        }
        if (!CODES.contains(codes)) {
            throw new IllegalArgumentException("codes must be none, int8 or int4: " + codes);
        }
    }

    /** The defaults: m = 16, efConstruction = 200, seed = 42, codes = int8. */
    public static HnswSpec of(Metric metric) {
        return new HnswSpec(
                metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION, DEFAULT_SEED, DEFAULT_CODES);
    }

    /** The same spec with another m. */
    public HnswSpec withM(int m) {
        return new HnswSpec(metric, m, efConstruction, seed, codes);
    }

    /** The same spec with another efConstruction. */
    public HnswSpec withEfConstruction(int efConstruction) {
        return new HnswSpec(metric, m, efConstruction, seed, codes);
    }

    /** The same spec with another seed. */
    public HnswSpec withSeed(long seed) {
        return new HnswSpec(metric, m, efConstruction, seed, codes);
    }

    /** The same spec with other codes. */
    public HnswSpec withCodes(String codes) {
        return new HnswSpec(metric, m, efConstruction, seed, codes);
    }

    boolean hasCodes() {
        return !codes.equals(NO_CODES);
    }

    /** What codes mean, if there are any. */
    Encoding encoding(int dimension) {
        return Encodings.of(codes, dimension, metric);
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
        options.put("codes", codes);
        return options;
    }

    /** Reads options in text form; the inverse of {@link #options}. */
    static HnswSpec parse(Metric metric, Map<String, String> options) {
        HnswSpec spec = of(metric);
        for (Map.Entry<String, String> option : options.entrySet()) {
            spec = switch (option.getKey()) {
                case "m" -> spec.withM(integer(option));
                case "efConstruction" -> spec.withEfConstruction(integer(option));
                case "seed" -> spec.withSeed(number(option));
                case "codes" -> spec.withCodes(option.getValue());
                default ->
                    throw new IllegalArgumentException("unknown option of hnsw: " + option.getKey()
                            + ", expected m, efConstruction, seed or codes");
            };
        }
        return spec;
    }

    private static int integer(Map.Entry<String, String> option) {
        return Math.clamp(number(option), -1, Integer.MAX_VALUE);
    }

    private static long number(Map.Entry<String, String> option) {
        try {
            return Long.parseLong(option.getValue());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    option.getKey() + " must be a whole number: " + option.getValue(), e);
        }
    }
}
