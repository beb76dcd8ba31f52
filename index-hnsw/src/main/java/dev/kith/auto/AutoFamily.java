package dev.kith.auto;

import dev.kith.BuildContext;
import dev.kith.CorruptFileException;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.Map;

/** The family that builds indexes of other families, the fastest of several: see {@link AutoSpec}. */
public final class AutoFamily implements IndexFamily {
    /** In no file: an image has the tag of the family that was chosen. */
    static final String TAG = "AUTO";

    /** For {@link java.util.ServiceLoader}. */
    public AutoFamily() {}

    @Override
    public String name() {
        return AutoSpec.FAMILY;
    }

    @Override
    public String tag() {
        return TAG;
    }

    @Override
    public boolean reproducible() {
        return false;
    }

    @Override
    public IndexSpec spec(Metric metric, Map<String, String> options) {
        return AutoSpec.parse(metric, options);
    }

    /** Builds the image of the index that was chosen; which one is in the tag. */
    @Override
    public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        if (!(spec instanceof AutoSpec auto)) {
            throw new IllegalArgumentException("not a spec of auto: " + spec.text());
        }
        return new AutoBuilder(rows, auto, context, Stopwatch::fastest).build();
    }

    /** The index in an image of any family. */
    @Override
    public VectorIndex open(IndexImage image) throws IOException {
        if (image.family().equals(TAG)) {
            throw new CorruptFileException(image.name(), 8, "the tag of a family of files", TAG);
        }
        return IndexFamily.tagged(image.family(), image.name()).open(image);
    }
}
