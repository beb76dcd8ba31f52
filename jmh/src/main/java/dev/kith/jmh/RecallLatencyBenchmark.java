package dev.kith.jmh;

import dev.kith.Metric;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Latency of one search at one value of ef, for each library in a JVM of its own. The recall of the setting is measured
 * first and printed, and a library that finds too little is refused. For speed at equal recall, with the rivals in turn
 * in one process, see {@link GraphComparison}.
 *
 * <p>The data set: {@code -jvmArgsAppend "-Dbase=base.fvecs -Dquery=query.fvecs -Dtruth=groundtruth.ivecs
 * -Dmetric=euclidean"}; without it, seeded clusters with their true neighbours.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseSerialGC",
            "-Xmx6g"
        })
public class RecallLatencyBenchmark {
    private static final int K = 10;
    private static final int QUERIES = 1000;
    private static final double MINIMUM_RECALL = 0.5;

    /** The library. */
    @Param({
        "QG",
        "QG_INT8",
        "QG_MAPPED",
        "KITH",
        "KITH_MAPPED",
        "KITH_INT8",
        "KITH_INT8_MAPPED",
        "LUCENE",
        "JVECTOR",
        "VOYAGER",
        "HNSWLIB_JAVA"
    })
    public Rival.Kind rival;

    /** How many candidates a search holds. */
    @Param({"16", "40", "120"})
    public int ef;

    private DataSet data;
    private Rival graph;
    private int next;

    /** For JMH. */
    public RecallLatencyBenchmark() {}

    /** Builds the graph and checks what it finds. */
    @Setup(Level.Trial)
    public void build() throws Exception {
        data = data();
        graph = rival.maker.build(data, Runtime.getRuntime().availableProcessors());
        double sum = 0;
        for (int query = 0; query < data.queries().length; query++) {
            sum += data.recall(query, graph.search(query, K, ef), K);
        }
        double recall = sum / data.queries().length;
        System.out.printf("# recall@%d of %s at ef %d: %.4f%n", K, rival.label(), ef, recall);
        if (recall < MINIMUM_RECALL) {
            throw new IllegalStateException(rival.label() + " finds too little: " + recall);
        }
    }

    private static DataSet data() throws Exception {
        String base = System.getProperty("base");
        if (base == null) {
            return DataSet.clustered(20_000, 128, QUERIES);
        }
        return DataSet.read(
                Path.of(base),
                Path.of(System.getProperty("query")),
                Path.of(System.getProperty("truth")),
                Metric.valueOf(System.getProperty("metric", "euclidean")
                        .toUpperCase(java.util.Locale.ROOT)),
                QUERIES);
    }

    /** One search for the next query. */
    @Benchmark
    public int[] search() throws Exception {
        next = (next + 1) % data.queries().length;
        return graph.search(next, K, ef);
    }

    /** Gives back files and native memory. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        graph.close();
    }
}
