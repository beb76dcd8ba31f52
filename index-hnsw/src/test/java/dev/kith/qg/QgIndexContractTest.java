package dev.kith.qg;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexContract;

import java.util.List;

/** Quantised graphs keep the promises of every index: under each metric, and with two blocks of neighbours. */
class QgIndexContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                QgSpec.of(Metric.EUCLIDEAN),
                QgSpec.of(Metric.DOT_PRODUCT),
                QgSpec.of(Metric.COSINE),
                new QgSpec(Metric.EUCLIDEAN, "float32", 2, 64, 80, 1.2, 7));
    }

    @Override
    protected double minimumRecall() {
        return 0.95;
    }
}
