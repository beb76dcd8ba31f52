package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexContract;

import java.util.List;

/** Walking on codes HNSW keeps the same promises, and its distances are as exact. */
class HnswCodesContractTest extends IndexContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                HnswSpec.of(Metric.EUCLIDEAN).withCodes("int8"),
                HnswSpec.of(Metric.DOT_PRODUCT).withCodes("int8"),
                HnswSpec.of(Metric.COSINE).withCodes("int8"),
                new HnswSpec(Metric.EUCLIDEAN, 6, 60, 7, "int8"),
                HnswSpec.of(Metric.COSINE).withCodes("int4"));
    }

    @Override
    protected double minimumRecall() {
        return 0.95;
    }
}
