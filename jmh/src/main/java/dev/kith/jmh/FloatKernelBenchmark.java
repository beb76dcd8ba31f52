package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.Vectors;
import dev.kith.internal.kernel.FloatKernels;
import dev.kith.spi.Float32;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;
import dev.kith.spi.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.VectorUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a row of the float32 kernels: SIMD beside scalar, one row a call beside four and eight, heap pages beside a
 * mapped file, and Lucene's {@code VectorUtil} as rival. With {@code megabytes=0} eight rows are scored again and again, so
 * that they stay in the first-level cache; else rows at random places of that many megabytes. The eight rows are part of a
 * large array in G1's heap, as in an index: only such arrays start where rows should ({@link HeapRecords}), and a JVM that
 * is given one processor would choose another collector.
 *
 * <pre>java -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' org.openjdk.jmh.Main FloatKernelBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FloatKernelBenchmark.ROWS_A_CALL)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseG1GC",
            "-Xmx3g",
            "-XX:+UseTransparentHugePages"
        })
public class FloatKernelBenchmark {
    static final int ROWS_A_CALL = 64;
    private static final int CALLS = 1024;
    private static final int LARGE_MEGABYTES = 16;

    @Param({"96", "128", "384", "768", "1536"})
    public int dimension;

    @Param({"DOT_PRODUCT", "EUCLIDEAN"})
    public Metric metric;

    @Param({"0"})
    public int megabytes;

    private float[] query;
    private float[][] arrays;
    private final int[][] fours = new int[CALLS * ROWS_A_CALL / 4][4];
    private final int[][] eights = new int[CALLS * ROWS_A_CALL / 8][8];
    private final float[] out = new float[8];
    private int call;

    private Scorer heap;
    private Scorer mapped;
    private Scorer scalarHeap;
    private Scorer scalarMapped;
    private Path file;
    private IndexImage image;

    @Setup(Level.Trial)
    public void setup() throws Exception {
        Float32 encoding = new Float32(dimension, metric);
        long bytes = (long) Math.max(megabytes, LARGE_MEGABYTES) << 20;
        int size = (int) (bytes / encoding.stride());
        Random random = new Random(1);
        arrays = new float[size][dimension];
        for (float[] row : arrays) {
            fill(row, random);
        }
        query = new float[dimension];
        fill(query, random);
        choose(size, random);

        HeapRecords rows =
                encoding.encode(Vectors.of(arrays), BuildContext.defaults().withThreads(1));
        file = Files.createTempFile("kernels", ".kith");
        IndexImage.builder("ROWS", 1, Map.of()).section(1, rows).build().save(file);
        image = IndexImage.open(file, Residency.MAPPED);
        Records same = image.records(1, encoding.stride(), size);
        heap = checked(FloatKernels.vector(rows, metric, dimension));
        mapped = checked(FloatKernels.vector(same, metric, dimension));
        scalarHeap = checked(FloatKernels.scalar(rows, metric, dimension));
        scalarMapped = checked(FloatKernels.scalar(same, metric, dimension));
        for (int row = 0; row < 8; row++) {
            check("VectorUtil", row, rival(row));
        }
    }

    private static void fill(float[] row, Random random) {
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextFloat() - 0.5f;
        }
    }

    private void choose(int size, Random random) {
        for (int i = 0; i < CALLS * ROWS_A_CALL; i++) {
            int row = megabytes == 0 ? i % 8 : random.nextInt(size);
            fours[i / 4][i % 4] = row;
            eights[i / 8][i % 8] = row;
        }
    }

    /** The scorer, with the query set, if it computes what sums in double say. */
    private Scorer checked(Scorer scorer) {
        scorer.query(query);
        for (int[] rows : new int[][] {eights[0], eights[1], fours[3]}) {
            scorer.distances(rows, rows.length, out);
            for (int i = 0; i < rows.length; i++) {
                check("bulk", rows[i], out[i]);
                check("one", rows[i], scorer.distance(rows[i]));
            }
        }
        return scorer;
    }

    private void check(String what, int row, float found) {
        double exact = 0;
        for (int i = 0; i < dimension; i++) {
            double d = query[i] - arrays[row][i];
            exact += metric == Metric.EUCLIDEAN ? d * d : -(double) query[i] * arrays[row][i];
        }
        if (!(Math.abs(found - exact) <= 1e-5 * dimension)) {
            throw new IllegalStateException(
                    what + ", row " + row + ": expected " + exact + ", found " + found);
        }
    }

    private float rival(int row) {
        return metric == Metric.EUCLIDEAN
                ? VectorUtil.squareDistance(query, arrays[row])
                : -VectorUtil.dotProduct(query, arrays[row]);
    }

    @TearDown(Level.Trial)
    public void tearDown() throws Exception {
        image.close();
        Files.delete(file);
    }

    @Benchmark
    public float luceneVectorUtil() {
        float sum = 0;
        int from = next() * (ROWS_A_CALL / 8);
        for (int i = from; i < from + ROWS_A_CALL / 8; i++) {
            for (int row : eights[i]) {
                sum += rival(row);
            }
        }
        return sum;
    }

    @Benchmark
    public float scalarHeapOne() {
        return one(scalarHeap);
    }

    @Benchmark
    public float scalarMappedOne() {
        return one(scalarMapped);
    }

    @Benchmark
    public float simdHeapOne() {
        return one(heap);
    }

    @Benchmark
    public float simdHeapFour() {
        return bulk(heap, fours, 4);
    }

    @Benchmark
    public float simdHeapEight() {
        return bulk(heap, eights, 8);
    }

    @Benchmark
    public float simdMappedOne() {
        return one(mapped);
    }

    @Benchmark
    public float simdMappedFour() {
        return bulk(mapped, fours, 4);
    }

    @Benchmark
    public float simdMappedEight() {
        return bulk(mapped, eights, 8);
    }

    private float one(Scorer scorer) {
        float sum = 0;
        int from = next() * (ROWS_A_CALL / 8);
        for (int i = from; i < from + ROWS_A_CALL / 8; i++) {
            for (int row : eights[i]) {
                sum += scorer.distance(row);
            }
        }
        return sum;
    }

    private float bulk(Scorer scorer, int[][] rows, int width) {
        float sum = 0;
        int from = next() * (ROWS_A_CALL / width);
        for (int i = from; i < from + ROWS_A_CALL / width; i++) {
            scorer.distances(rows[i], width, out);
            sum += out[0];
        }
        return sum;
    }

    private int next() {
        return call = (call + 1) % CALLS;
    }
}
