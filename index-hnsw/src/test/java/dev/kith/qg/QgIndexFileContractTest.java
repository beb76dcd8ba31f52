package dev.kith.qg;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexFileContract;

import java.util.List;

/** Files of quantised graphs keep the promises about damage. */
class QgIndexFileContractTest extends IndexFileContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                new QgSpec(Metric.COSINE, "float32", 0, 32, 10, 1.1, 1),
                new QgSpec(Metric.EUCLIDEAN, "int8", 4, 64, 10, 1.1, 1));
    }
}
