package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexContract;

import java.util.List;

/** HNSW keeps the promises of every index: under each metric, with the defaults and with a sparse graph. */
class HnswIndexContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                HnswSpec.of(Metric.EUCLIDEAN),
                HnswSpec.of(Metric.DOT_PRODUCT),
                HnswSpec.of(Metric.COSINE),
                new HnswSpec(Metric.EUCLIDEAN, 6, 60, 7));
    }

    @Override
    protected double minimumRecall() {
        return 0.95;
    }
}
