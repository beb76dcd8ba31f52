package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.Quantised;

class Int4ContractTest extends EncodingContract {
    @Override
    protected Encoding encoding(int dimension, Metric metric) {
        return Quantised.int4(dimension, metric);
    }

    @Override
    protected double tolerance(float[] row) {
        return halfStep(row, 15);
    }
}
