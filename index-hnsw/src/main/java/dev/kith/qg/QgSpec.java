package dev.kith.qg;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.spi.BlockCodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a quantised graph is built from.
 *
 * @param metric how rows are compared
 * @param rows the encoding of the rows in the nodes: {@code float32}, which gives exact distances; {@code int8}, which
 *     takes a quarter of the bytes, is faster where rows are long, and misplaces a few of the nearest; {@code int4}, half of that and coarser
 * @param bits of the codes, for each component of a row, in [1, 4]; {@link #BY_DIMENSION} for
 *     3 below 128 components, 2 below 256, else 1. More bits estimate distances better, so that fewer nodes are expanded, and take
 *     longer to read
 * @param degree how many neighbours a node has: a multiple of 32, the rows of a block of codes, in [32, 128]
 * @param efConstruction how many nodes the last search for a node's neighbours expands at most, in [1, 10000]; they are
 *     chosen among half as many more
 * @param alpha how many times nearer to a neighbour already chosen a candidate must be than to the node, to be left
 *     out at first; in [1, 2]. Places that stay empty are filled with the nearest of those left out
 * @param seed decides the order of insertion and the rotation of the codes
 */
public record QgSpec(
        Metric metric,
        String rows,
        int bits,
        int degree,
        int efConstruction,
        double alpha,
        long seed)
        implements IndexSpec {
    /** The family's name. */
    public static final String FAMILY = "qg";

    /** As {@code bits}: by the rows' dimension. */
    public static final int BY_DIMENSION = 0;

    /** Distances to rows order the answers, so encodings that only estimate them are not among these. */
    static final List<String> ROWS = List.of("float32", "int8", "int4");

    static final int MAX_DEGREE = 128;
    static final int MAX_EF_CONSTRUCTION = 10_000;
    static final double MAX_ALPHA = 2;

    private static final String DEFAULT_ROWS = "float32";
    private static final int BLOCK = 32;
    private static final int DEFAULT_EF_CONSTRUCTION = 200;
    private static final double DEFAULT_ALPHA = 1.05;
    private static final long DEFAULT_SEED = 42;

    /** @throws IllegalArgumentException if a value is out of range */
    public QgSpec {
        if (!ROWS.contains(rows)) {
            throw new IllegalArgumentException("rows must be float32, int8 or int4: " + rows);
        }
        if (bits != BY_DIMENSION && (bits < 1 || bits > BlockCodes.MAX_BITS)) {
            throw new IllegalArgumentException("bits must be in [1, " + BlockCodes.MAX_BITS
                    + "], or 0 for a choice by dimension: " + bits);
        }
        if (degree < BLOCK || degree > MAX_DEGREE || degree % BLOCK != 0) {
            throw new IllegalArgumentException(
                    "degree must be a multiple of 32 in [32, " + MAX_DEGREE + "]: " + degree);
        }
        if (efConstruction < 1 || efConstruction > MAX_EF_CONSTRUCTION) {
            throw new IllegalArgumentException("efConstruction must be in [1, "
                    + MAX_EF_CONSTRUCTION + "]: " + efConstruction);
        }
        if (!(alpha >= 1 && alpha <= MAX_ALPHA)) {
            throw new IllegalArgumentException("alpha must be in [1, 2]: " + alpha);
        }
    }

    /** The defaults: rows = float32, bits by dimension, degree = 32, efConstruction = 200, alpha = 1.05, seed = 42. */
    public static QgSpec of(Metric metric) {
        return new QgSpec(
                metric,
                DEFAULT_ROWS,
                BY_DIMENSION,
                BLOCK,
                DEFAULT_EF_CONSTRUCTION,
                DEFAULT_ALPHA,
                DEFAULT_SEED);
    }

    /** The same spec with another encoding of the rows. */
    public QgSpec withRows(String rows) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    /** The same spec with codes of another number of bits. */
    public QgSpec withBits(int bits) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    /**
     * The bits for rows of a dimension. Measured with 100 components, where one bit is slowest by far, and three are faster than
     * two at recall .95 and slower at .99; and with 384, where one bit is fastest though two need fewer nodes.
     */
    int bits(int dimension) {
        int fitting = dimension < 128 ? 3 : dimension < 256 ? 2 : 1;
        return bits == BY_DIMENSION ? fitting : bits;
    }

    /** The same spec with another degree. */
    public QgSpec withDegree(int degree) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    /** The same spec with another efConstruction. */
    public QgSpec withEfConstruction(int efConstruction) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    /** The same spec with another alpha. */
    public QgSpec withAlpha(double alpha) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    /** The same spec with another seed. */
    public QgSpec withSeed(long seed) {
        return new QgSpec(metric, rows, bits, degree, efConstruction, alpha, seed);
    }

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("rows", rows);
        options.put("bits", Integer.toString(bits));
        options.put("degree", Integer.toString(degree));
        options.put("efConstruction", Integer.toString(efConstruction));
        options.put("alpha", Double.toString(alpha));
        options.put("seed", Long.toString(seed));
        return options;
    }

    /** Reads options in text form; the inverse of {@link #options}. */
    static QgSpec parse(Metric metric, Map<String, String> options) {
        QgSpec spec = of(metric);
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            spec = switch (option.getKey()) {
                case "rows" -> spec.withRows(value);
                case "bits" -> spec.withBits(integer(option));
                case "degree" -> spec.withDegree(integer(option));
                case "efConstruction" -> spec.withEfConstruction(integer(option));
                case "alpha" -> spec.withAlpha(number(option.getKey(), value));
                case "seed" -> spec.withSeed(whole(option.getKey(), value));
                default ->
                    throw new IllegalArgumentException("unknown option of qg: " + option.getKey()
                            + ", expected rows, bits, degree, efConstruction, alpha or seed");
            };
        }
        return spec;
    }

    private static int integer(Map.Entry<String, String> option) {
        return Math.clamp(whole(option.getKey(), option.getValue()), -1, Integer.MAX_VALUE);
    }

    private static long whole(String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number: " + value, e);
        }
    }

    private static double number(String key, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a number: " + value, e);
        }
    }
}
