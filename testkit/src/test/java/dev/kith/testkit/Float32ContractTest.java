package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.spi.Encoding;
import dev.kith.spi.Float32;

class Float32ContractTest extends EncodingContract {
    @Override
    protected Encoding encoding(int dimension, Metric metric) {
        return new Float32(dimension, metric);
    }

    @Override
    protected double tolerance(float[] row) {
        return 0;
    }
}
