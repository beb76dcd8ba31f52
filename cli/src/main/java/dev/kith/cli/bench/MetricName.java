package dev.kith.cli.bench;

import dev.kith.Metric;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A metric by the field's short name, or by its own. */
public final class MetricName implements ITypeConverter<Metric> {
    @Override
    public Metric convert(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "l2", "euclidean" -> Metric.EUCLIDEAN;
            case "ip", "dot_product" -> Metric.DOT_PRODUCT;
            case "cosine" -> Metric.COSINE;
            default ->
                throw new TypeConversionException(
                        "expected l2, ip or cosine, found '" + name + "'");
        };
    }
}
