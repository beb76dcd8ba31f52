package dev.kith;

import dev.kith.spi.Encoding;
import dev.kith.spi.Float32;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The exact index as a family, {@code flat}. Named by services only; applications use {@link FlatSpec}. */
public final class FlatFamily implements IndexFamily {
    static final String TAG = "FLAT";
    static final int VERSION = 1;
    static final int OLDEST_VERSION = 1;
    static final int ROWS = 1;

    /** For services; there is no state. */
    public FlatFamily() {}

    @Override
    public String name() {
        return FlatSpec.FAMILY;
    }

    @Override
    public String tag() {
        return TAG;
    }

    @Override
    public FlatSpec spec(Metric metric, Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("flat has no options: " + options);
        }
        return new FlatSpec(metric);
    }

    @Override
    public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        if (!(spec instanceof FlatSpec)) {
            throw new IllegalArgumentException("not a spec of the flat family: " + spec.text());
        }
        Encoding encoding = new Float32(rows.dimension(), spec.metric());
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("metric", spec.metric().name().toLowerCase(Locale.ROOT));
        parameters.put("dimension", Integer.toString(rows.dimension()));
        parameters.put("size", Integer.toString(rows.size()));
        return IndexImage.builder(TAG, VERSION, parameters)
                .section(ROWS, encoding.encode(rows, context))
                .build();
    }

    @Override
    public FlatIndex open(IndexImage image) throws IOException {
        return FlatIndex.of(image);
    }
}
