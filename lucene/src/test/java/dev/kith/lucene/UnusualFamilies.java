package dev.kith.lucene;

import dev.kith.BuildContext;
import dev.kith.FlatFamily;
import dev.kith.FlatSpec;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.spi.IndexImage;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Families that do what a format must cope with. */
final class UnusualFamilies {
    private UnusualFamilies() {}

    record UnusualSpec(String family, Metric metric) implements IndexSpec {
        @Override
        public Map<String, String> options() {
            return Map.of();
        }
    }

    /** Builds until it is told to stop. */
    public static final class Endless implements IndexFamily {
        static final CountDownLatch STARTED = new CountDownLatch(1);

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public String tag() {
            return "ENDL";
        }

        @Override
        public IndexSpec spec(Metric metric, Map<String, String> options) {
            return new UnusualSpec(name(), metric);
        }

        @Override
        public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
                throws InterruptedException {
            STARTED.countDown();
            for (long done = 0; ; done++) {
                context.progress().update("never ends", done, -1);
                Thread.sleep(1);
            }
        }

        @Override
        public VectorIndex open(IndexImage image) {
            throw new IllegalStateException("nothing was built");
        }
    }

    /** Keeps its rows only roughly, as a family of quantised rows may. */
    public static final class Rounding implements IndexFamily {
        private final FlatFamily flat = new FlatFamily();

        @Override
        public String name() {
            return "rounding";
        }

        @Override
        public String tag() {
            return "RNDG";
        }

        @Override
        public IndexSpec spec(Metric metric, Map<String, String> options) {
            return new UnusualSpec(name(), metric);
        }

        @Override
        public IndexImage build(Vectors rows, IndexSpec spec, BuildContext context)
                throws InterruptedException {
            float[][] rounded = new float[rows.size()][];
            for (int row = 0; row < rounded.length; row++) {
                rounded[row] = rows.row(row);
                for (int i = 0; i < rounded[row].length; i++) {
                    rounded[row][i] = Math.round(rounded[row][i]);
                }
            }
            return flat.build(Vectors.of(rounded), new FlatSpec(spec.metric()), context);
        }

        @Override
        public VectorIndex open(IndexImage image) throws IOException {
            return flat.open(image);
        }
    }
}
