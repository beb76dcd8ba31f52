package dev.kith.hnsw;

import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.testkit.IndexFileContract;

import java.util.List;

/** HNSW files keep the promises about damage: with several upper layers, with the padding of cosine, and with codes. */
class HnswIndexFileContractTest extends IndexFileContract {
    @Override
    protected List<IndexSpec> specs() {
        return List.of(
                new HnswSpec(Metric.EUCLIDEAN, 2, 10, 1, "none"),
                new HnswSpec(Metric.COSINE, 3, 10, 1, "none"),
                new HnswSpec(Metric.EUCLIDEAN, 2, 10, 1, "int8"),
                new HnswSpec(Metric.COSINE, 3, 10, 1, "int4"));
    }
}
