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
import java.util.List;
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
        return new QgBuilder(rows, qg, List.of(qg.rows()), context).build().getFirst();
    }

    /**
     * Builds indexes that differ in the encoding of their rows alone, and therefore share a graph, which is grown once.
     *
     * @param encodings of the rows, each as in {@link QgSpec#rows}; at least one
     * @return an image for each, equal to what a spec with that encoding would build
     * @throws IllegalArgumentException if an encoding is none of those, or rows do not suit the spec
     */
    public List<IndexImage> build(
            Vectors rows, QgSpec spec, List<String> encodings, BuildContext context)
            throws InterruptedException {
        if (encodings.isEmpty()) {
            throw new IllegalArgumentException("at least one encoding expected");
        }
        encodings.forEach(spec::withRows);
        return new QgBuilder(rows, spec, encodings, context).build();
    }

    @Override
    public VectorIndex open(IndexImage image) throws IOException {
        return new QgIndex(QgImage.read(image));
    }
}
