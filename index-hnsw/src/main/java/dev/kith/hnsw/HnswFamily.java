package dev.kith.hnsw;

import dev.kith.BuildContext;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.Map;

/** The family of HNSW graphs, named {@code hnsw}: see {@link HnswSpec} for its options. */
public final class HnswFamily implements IndexFamily {
    /** For {@link java.util.ServiceLoader}. */
    public HnswFamily() {}

    @Override
    public String name() {
        return HnswSpec.FAMILY;
    }

    @Override
    public String tag() {
        return HnswImage.TAG;
    }

    @Override
    public IndexSpec spec(Metric metric, Map<String, String> options) {
        return HnswSpec.parse(metric, options);
    }

    @Override
    public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        if (!(spec instanceof HnswSpec hnsw)) {
            throw new IllegalArgumentException("not a spec of hnsw: " + spec.text());
        }
        return new GraphBuilder(rows, hnsw, context).build();
    }

    @Override
    public VectorIndex open(IndexImage image) throws IOException {
        return new HnswIndex(HnswImage.read(image));
    }
}
