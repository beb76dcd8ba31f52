package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.Vectors;
import dev.kith.spi.Encoding;
import dev.kith.spi.Encodings;
import dev.kith.spi.ExactScan;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What an encoding costs and keeps: recall@10 of the ranking by its distances alone; how many of the ten are among its first
 * thirty and its first hundred, which a second ranking could bring to the front; bytes a row; and nanoseconds of processor time a row, eight rows a
 * call. The same eight rows again and again, in the first-level cache, and rows at random places of all; in the heap, and there
 * also in a mapped file. The encodings take turns, so that a machine that slows down does so for all.
 *
 * <pre>
 * java -XX:+UseTransparentHugePages -Xmx6g --add-modules jdk.incubator.vector \
 *   -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' \
 *   dev.kith.jmh.EncodingRecall base.fvecs query.fvecs groundtruth.ivecs euclidean 1000
 * </pre>
 */
public final class EncodingRecall {
    private static final List<String> NAMES = List.of("float32", "int8", "int4", "rabitq");
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int K = 10;
    private static final int MORE = 30;
    private static final int MOST = 100;
    private static final int ROUNDS = 40;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int CALLS = 1 << 12;

    private final Encoding encoding;
    private final HeapRecords rows;
    private final Scorer heap;
    private final Scorer mapped;
    private final List<Double> cached = new ArrayList<>();
    private final List<Double> random = new ArrayList<>();
    private final List<Double> randomMapped = new ArrayList<>();
    private float sink;

    private EncodingRecall(String name, DataSet data, Path folder)
            throws IOException, InterruptedException {
        encoding = Encodings.of(name, data.dimension(), data.metric());
        rows = encoding.encode(Vectors.of(data.base()), BuildContext.defaults());
        heap = encoding.scorer(rows);
        heap.query(data.queries()[0]);
        mapped = encoding.scorer(mapped(folder.resolve(name)));
        mapped.query(data.queries()[0]);
    }

    /** The same rows in a file, which stays open until the end. */
    private Records mapped(Path file) throws IOException {
        IndexImage.builder("ROWS", 1, Map.of()).section(1, rows).build().save(file);
        IndexImage image = IndexImage.open(file, Residency.MAPPED);
        Files.delete(file);
        return image.records(1, encoding.stride(), rows.count());
    }

    /** Measures: base, query and truth files, the metric, and how many queries. */
    public static void main(String[] args) throws Exception {
        DataSet data = DataSet.read(
                Path.of(args[0]),
                Path.of(args[1]),
                Path.of(args[2]),
                Metric.valueOf(args[3].toUpperCase(Locale.ROOT)),
                Integer.parseInt(args[4]));
        List<EncodingRecall> all = new ArrayList<>();
        Path folder = Files.createTempDirectory("encodings");
        for (String name : NAMES) {
            all.add(new EncodingRecall(name, data, folder));
        }
        Files.delete(folder);
        for (int round = 0; round < ROUNDS; round++) {
            for (EncodingRecall one : all) {
                one.round(round);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d rows of %d, %s, %,d queries%n",
                data.base().length,
                data.dimension(),
                data.metric(),
                data.queries().length);
        System.out.println(
                "| encoding | recall@10 | among 30 | among 100 | bytes a row | ns a row, cached | at random | mapped |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (EncodingRecall one : all) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f | %.4f | %,d | %.1f | %.1f | %.1f |%n",
                    one.encoding.name(),
                    one.recall(data, K),
                    one.recall(data, MORE),
                    one.recall(data, MOST),
                    one.encoding.stride(),
                    median(one.cached),
                    median(one.random),
                    median(one.randomMapped));
        }
    }

    /** One timing of each kind. */
    private void round(int number) {
        Random places = new Random(number);
        double near = nanosecondsARow(heap, places, 8);
        double far = nanosecondsARow(heap, places, rows.count());
        double farMapped = nanosecondsARow(mapped, places, rows.count());
        if (number >= WARM_UP_ROUNDS) {
            cached.add(near);
            random.add(far);
            randomMapped.add(farMapped);
        }
    }

    /** Scores random ones of the first so many rows, eight a call. */
    private double nanosecondsARow(Scorer scorer, Random places, int among) {
        int[][] calls = new int[CALLS][];
        for (int i = 0; i < CALLS; i++) {
            calls[i] = places.ints(8, 0, among).toArray();
        }
        float[] out = new float[8];
        long start = THREAD.getCurrentThreadCpuTime();
        for (int[] call : calls) {
            scorer.distances(call, 8, out);
            sink += out[7];
        }
        return (THREAD.getCurrentThreadCpuTime() - start) / (8.0 * CALLS);
    }

    /** The share of the true ten among the first so many rows. */
    private double recall(DataSet data, int first) {
        ExactScan scan = new ExactScan(encoding, rows);
        double sum = 0;
        for (int i = 0; i < data.queries().length; i++) {
            int[] found = scan.nearest(data.queries()[i], first, null).rows();
            sum += data.recall(i, found, K);
        }
        if (Float.isNaN(sink)) {
            throw new IllegalStateException("a distance is not a number");
        }
        return sum / data.queries().length;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
