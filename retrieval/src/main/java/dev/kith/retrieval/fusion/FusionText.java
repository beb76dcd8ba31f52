package dev.kith.retrieval.fusion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The text form of fusions: a kind, and options behind a question mark, as in index specs. */
final class FusionText {
    static final String MIN_MAX = "min-max";
    static final String THEORETICAL_MIN = "theoretical-min";
    static final String RECIPROCAL_RANK = "rrf";
    static final String DISTRIBUTION_BASED = "dbsf";

    private final String text;
    private final Map<String, String> options = new LinkedHashMap<>();

    private FusionText(String text) {
        this.text = text;
    }

    static Fusion parse(String text) {
        return new FusionText(text).parse();
    }

    private Fusion parse() {
        int question = text.indexOf('?');
        String kind = question < 0 ? text : text.substring(0, question);
        if (question >= 0) {
            readOptions(text.substring(question + 1));
        }
        Fusion fusion = switch (kind) {
            case MIN_MAX -> Fusion.minMax(alpha(0.55));
            case THEORETICAL_MIN -> Fusion.theoreticalMin(alpha(0.8));
            case RECIPROCAL_RANK -> Fusion.rrf(option("k", 60, Integer::valueOf), alpha(0.5));
            case DISTRIBUTION_BASED -> Fusion.distributionBased(alpha(0.5));
            default ->
                throw new IllegalArgumentException("unknown fusion: " + kind + ", expected "
                        + String.join(
                                ", ",
                                MIN_MAX,
                                THEORETICAL_MIN,
                                RECIPROCAL_RANK,
                                DISTRIBUTION_BASED));
        };
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "fusion " + kind + " has no options " + options.keySet() + ": " + text);
        }
        return fusion;
    }

    private void readOptions(String pairs) {
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "expected option=value, found \"" + pair + "\" in " + text);
            }
            String key = pair.substring(0, equals);
            if (options.put(key, pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("option " + key + " is given twice in " + text);
            }
        }
    }

    private double alpha(double missing) {
        return option("alpha", missing, Double::valueOf);
    }

    private <T> T option(String name, T missing, Function<String, T> reader) {
        String value = options.remove(name);
        if (value == null) {
            return missing;
        }
        try {
            return reader.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option " + name + " must be a number, found \"" + value + "\" in " + text, e);
        }
    }
}
