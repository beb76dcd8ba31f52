package dev.kith.testkit;

import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;

import java.util.List;

class FlatIndexFileContractTest extends IndexFileContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(new FlatSpec(Metric.EUCLIDEAN), new FlatSpec(Metric.COSINE));
    }
}
