package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.RaBitQ;

class RaBitQContractTest extends EncodingContract {
    /** How much of the lengths rounding a query to four bits may take, many times what it takes at random. */
    private static final double FOUR_BITS = 0.1;

    @Override
    protected Encoding encoding(int dimension, Metric metric) {
        return new RaBitQ(dimension, metric);
    }

    /** A decoded row differs by less than its own length, for the signs point where it does, roughly. */
    @Override
    protected double tolerance(float[] row) {
        double mean = mean(row);
        return Math.sqrt(squares(row, mean)) + 1e-7 * Math.abs(mean);
    }

    /** Inner products are those with the decoded row, lengths those of the row that was encoded. */
    @Override
    protected double distance(float[] query, float[] encoded, float[] decoded, Metric metric) {
        double dot = -BruteForce.distance(query, decoded, Metric.DOT_PRODUCT);
        return switch (metric) {
            case EUCLIDEAN -> squares(query, 0) + squares(encoded, 0) - 2 * dot;
            case DOT_PRODUCT -> -dot;
            case COSINE -> 1 - dot / Math.sqrt(squares(query, 0) * squares(encoded, 0));
        };
    }

    @Override
    protected double rounding(float[] query, float[] row, Metric metric) {
        double varying = Math.sqrt(squares(query, mean(query)) * squares(row, mean(row)));
        double rounded = FOUR_BITS
                * switch (metric) {
                    case EUCLIDEAN -> 2 * varying;
                    case DOT_PRODUCT -> varying;
                    case COSINE -> 1.0;
                };
        return rounded + super.rounding(query, row, metric);
    }
}
