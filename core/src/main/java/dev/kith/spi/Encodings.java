package dev.kith.spi;

import dev.kith.Metric;

/** Encodings by the names that files carry. */
public final class Encodings {
    private Encodings() {}

    /**
     * The encoding of that name.
     *
     * @param dimension the number of components of a row, in [1, 65536]
     * @throws IllegalArgumentException if there is none of that name, or the dimension is out of range
     */
    public static Encoding of(String name, int dimension, Metric metric) {
        return switch (name) {
            case "float32" -> new Float32(dimension, metric);
            case "int8" -> Quantised.int8(dimension, metric);
            case "int4" -> Quantised.int4(dimension, metric);
            case "rabitq" -> new RaBitQ(dimension, metric);
            default ->
                throw new IllegalArgumentException("no encoding is named " + name
                        + "; there are float32, int8, int4 and rabitq");
        };
    }
}
