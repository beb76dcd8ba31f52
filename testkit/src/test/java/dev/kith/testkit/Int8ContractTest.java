package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.Quantised;

class Int8ContractTest extends EncodingContract {
    @Override
    protected Encoding encoding(int dimension, Metric metric) {
        return Quantised.int8(dimension, metric);
    }

    @Override
    protected double tolerance(float[] row) {
        return halfStep(row, 255);
    }
}
