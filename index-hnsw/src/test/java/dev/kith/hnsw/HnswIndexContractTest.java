package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexContract;

import java.util.List;

/** HNSW keeps the promises of every index, walking on the rows: under each metric and with a sparse graph. */
class HnswIndexContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                HnswSpec.of(Metric.EUCLIDEAN).withCodes("none"),
                HnswSpec.of(Metric.DOT_PRODUCT).withCodes("none"),
                HnswSpec.of(Metric.COSINE).withCodes("none"),
                new HnswSpec(Metric.EUCLIDEAN, 6, 60, 7, "none"));
    }

    @Override
    protected double minimumRecall() {
        return 0.95;
    }
}
