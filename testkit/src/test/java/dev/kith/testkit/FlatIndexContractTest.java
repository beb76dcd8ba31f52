package dev.kith.testkit;

import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;

import java.util.List;
import java.util.stream.Stream;

class FlatIndexContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return Stream.of(Metric.values()).<IndexSpec>map(FlatSpec::new).toList();
    }

    @Override
    protected double minimumRecall() {
        return 1;
    }
}
