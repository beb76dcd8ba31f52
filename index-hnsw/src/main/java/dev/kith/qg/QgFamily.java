package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.Map;

/** The family of quantised graphs, named {@code qg}: see {@link QgSpec} for its options. */
public final class QgFamily implements IndexFamily {
    /** For {@link java.util.ServiceLoader}. */
    public QgFamily() {}

    @Override
    public String name() {
        return QgSpec.FAMILY;
    }

    @Override
    public String tag() {
        return QgImage.TAG;
    }

    @Override
    public int maxDimension() {
        return BlockCodes.MAX_DIMENSION;
    }

    @Override
    public IndexSpec spec(Metric metric, Map<String, String> options) {
        return QgSpec.parse(metric, options);
    }

    @Override
    public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        if (!(spec instanceof QgSpec qg)) {
            throw new IllegalArgumentException("not a spec of qg: " + spec.text());
        }
        return new QgBuilder(rows, qg, context).build();
    }

    @Override
    public VectorIndex open(IndexImage image) throws IOException {
        return new QgIndex(QgImage.read(image));
    }
}
