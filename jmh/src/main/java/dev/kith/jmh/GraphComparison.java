package dev.kith.jmh;

import com.sun.management.OperatingSystemMXBean;

import dev.kith.Metric;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares graphs of several libraries over the same rows in one process: recall against speed on one thread, and the
 * cost of building. A main of its own and not a JMH benchmark, because a fair comparison needs the rivals to take turns
 * and recall to be interpolated, which JMH's forks do not allow.
 *
 * <pre>
 * java -XX:+UseTransparentHugePages -XX:+UseG1GC -Xmx6g --add-modules jdk.incubator.vector \
 *   --enable-native-access=ALL-UNNAMED -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' \
 *   dev.kith.jmh.GraphComparison base.fvecs query.fvecs groundtruth.ivecs euclidean \
 *   rivals=qg,kith,lucene,jvector,voyager threads=1 rounds=8 queries=1000 out=report
 * </pre>
 *
 * <p>Other rivals: qg-int8, qg-150 and qg-int8-150 (efConstruction = 150), qg-mapped,
 * kith-int8, kith-int8-mapped, kith-mapped, lucene-int8, lucene-int4, lucene-bbq, hnswlib-java.
 * GLIBC_TUNABLES=glibc.malloc.hugetlb=1 in the environment gives Voyager huge pages too.
 */
public final class GraphComparison {
    private static final int[] EFS = {
        4, 6, 8, 10, 12, 14, 17, 20, 24, 30, 40, 55, 80, 120, 160, 200, 240, 320
    };
    private static final double[] TARGETS = {0.95, 0.99};
    private static final int WARM_UP_ROUNDS = 3;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final DataSet data;
    private final Map<String, String> options;
    private final List<Built> built = new ArrayList<>();

    private record Built(Sweep sweep, double wall, double cpu, long bytes) {}

    private GraphComparison(DataSet data, Map<String, String> options) {
        this.data = data;
        this.options = options;
    }

    /** Runs a comparison: base, query and truth files, the metric, then options as {@code name=value}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "rivals", "qg,qg-int8,qg-mapped,kith-int8,kith,lucene,jvector,voyager",
                "threads", "1",
                "rounds", "8",
                "queries", "1000",
                "out", "comparison"));
        for (int i = 4; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (option.length != 2 || options.put(option[0], option[1]) == null) {
                throw new IllegalArgumentException("unknown option: " + args[i]);
            }
        }
        DataSet data = DataSet.read(
                Path.of(args[0]),
                Path.of(args[1]),
                Path.of(args[2]),
                Metric.valueOf(args[3].toUpperCase(Locale.ROOT)),
                Integer.parseInt(options.get("queries")));
        new GraphComparison(data, options).run();
    }

    private void run() throws Exception {
        for (String name : options.get("rivals").split(",")) {
            build(Rival.Kind.named(name));
        }
        boolean pinned = Pinned.to(PROCESSORS - 1);
        int rounds = Integer.parseInt(options.get("rounds"));
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round();
        }
        for (Built rival : built) {
            rival.sweep().forget();
        }
        for (int i = 0; i < rounds; i++) {
            round();
        }
        report(pinned);
    }

    private void build(Rival.Kind kind) throws Exception {
        System.out.println("building " + kind.label());
        int threads = Integer.parseInt(options.get("threads"));
        System.gc();
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        Rival rival = kind.maker.build(data, threads);
        double wall = (System.nanoTime() - begin) / 1e9;
        cpu = cpuSeconds() - cpu;
        Sweep sweep = new Sweep(kind.label(), rival, data, EFS);
        built.add(new Built(sweep, wall, cpu, rival.bytes()));
        System.out.printf(Locale.ROOT, "  %.1f s by the clock, %.1f s of CPU%n", wall, cpu);
    }

    private void round() throws Exception {
        for (Built rival : built) {
            rival.sweep().begin();
        }
        for (int e = 0; e < EFS.length; e++) {
            for (Built rival : built) {
                rival.sweep().pass(e);
            }
        }
    }

    private void report(boolean pinned) throws IOException {
        List<String> csv = new ArrayList<>(List.of("rival,ef,recall,qps_best,qps_median"));
        for (Built rival : built) {
            for (Sweep.Point point : rival.sweep().points()) {
                csv.add(String.format(
                        Locale.ROOT,
                        "%s,%d,%.4f,%.0f,%.0f",
                        rival.sweep().name(),
                        point.ef(),
                        point.recall(),
                        point.best(),
                        point.median()));
            }
        }
        List<String> table = table();
        List<String> machine = machine(pinned);
        Files.write(Path.of(options.get("out") + ".csv"), csv);
        Files.write(
                Path.of(options.get("out") + ".md"),
                Stream.of(table, List.of(""), machine).flatMap(List::stream).toList());
        Stream.of(csv, table, machine).flatMap(List::stream).forEach(System.out::println);
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| rival | QPS@.95 | QPS@.99 | median QPS@.95 | median QPS@.99 | kith / rival @.95"
                        + " | @.99 | build s | build CPU s | MB |");
        lines.add("| --- |" + " ---: |".repeat(9));
        Sweep first = built.getFirst().sweep();
        for (Built rival : built) {
            StringBuilder line = new StringBuilder("| " + rival.sweep().name());
            for (boolean median : new boolean[] {false, true}) {
                for (double target : TARGETS) {
                    line.append(" | ").append(speed(rival.sweep().speedAt(target, median)));
                }
            }
            for (double target : TARGETS) {
                line.append(" | ")
                        .append(ratio(first.speedAt(target, false), rival.sweep(), target));
            }
            lines.add(line
                    + String.format(
                            Locale.ROOT,
                            " | %.1f | %.1f | %s |",
                            rival.wall(),
                            rival.cpu(),
                            rival.bytes() < 0 ? "?" : rival.bytes() / 1_000_000));
        }
        return lines;
    }

    /** How much faster the first rival is; at most that much where the other one's speed is only known to be at least so. */
    private static String ratio(double first, Sweep other, double target) {
        double speed = other.speedAt(target, false);
        if (first < 0 || Double.isNaN(first) || Double.isNaN(speed)) {
            return "?";
        }
        return String.format(Locale.ROOT, speed < 0 ? "≤ %.2f" : "%.2f", first / Math.abs(speed));
    }

    private static String speed(double speed) {
        return Double.isNaN(speed)
                ? "not reached"
                : String.format(Locale.ROOT, speed < 0 ? "≥ %.0f" : "%.0f", Math.abs(speed));
    }

    private List<String> machine(boolean pinned) throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String cpu = "unknown CPU";
        if (Files.isReadable(info)) {
            cpu = Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .orElse(cpu);
        }
        return List.of(
                "- " + Instant.now() + ", " + data.base().length + " rows of " + data.dimension()
                        + ", " + data.metric() + ", " + data.queries().length + " queries, k = 10",
                "- " + cpu + ", " + PROCESSORS + " processors, " + System.getProperty("os.name")
                        + " " + System.getProperty("os.version"),
                "- Java " + System.getProperty("java.vm.version") + " "
                        + String.join(
                                " ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
                "- GLIBC_TUNABLES=" + System.getenv().getOrDefault("GLIBC_TUNABLES", ""),
                "- " + options + ", ef " + Arrays.toString(EFS) + ", measuring thread "
                        + (pinned ? "pinned" : "not pinned"),
                "- QPS: queries / sum of each query's fastest pass; median: of the rounds' plain QPS");
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }
}
