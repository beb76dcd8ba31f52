package dev.kith.cli;

import dev.kith.BuildContext;
import dev.kith.IndexFamily;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.Residency;
import dev.kith.VectorFiles;
import dev.kith.Vectors;
import dev.kith.cli.bench.BenchReport;
import dev.kith.cli.bench.Benchmark;
import dev.kith.cli.bench.Built;
import dev.kith.cli.bench.CsvReport;
import dev.kith.cli.bench.ExactTruth;
import dev.kith.cli.bench.HtmlReport;
import dev.kith.cli.bench.Machine;
import dev.kith.cli.bench.Measurement;
import dev.kith.cli.bench.MetricName;
import dev.kith.cli.bench.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds an index from a file of vectors and measures it. */
@Command(
        name = "bench",
        sortOptions = false,
        description = {
            "Build an index and measure it: recall, queries a second, latency, build cost.",
            "Searches run on one thread, after a warm-up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kith bench --base base.fvecs --query query.fvecs --truth truth.ivecs --metric l2 \\",
            "    --index hnsw --m 16 --sweep ef=10,20,40,80 --csv out.csv --html out.html",
            "  kith bench --base base.npy --query query.npy --metric cosine --index flat"
        })
final class BenchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "FILE",
            description = "Rows to index: .fvecs, .bvecs or .npy.")
    private Path base;

    @Option(
            names = "--query",
            required = true,
            paramLabel = "FILE",
            description = "Queries, of the same dimension.")
    private Path query;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "Exact neighbours of each query, nearest first: .ivecs. Computed if left out.")
    private @Nullable Path truth;

    @Option(
            names = "--metric",
            required = true,
            converter = MetricName.class,
            description = "l2, ip or cosine.")
    private Metric metric;

    @Option(
            names = "--index",
            required = true,
            paramLabel = "FAMILY",
            description = "The index family: hnsw, flat, ...")
    private String family;

    @Option(
            names = {"-k", "--k"},
            defaultValue = "10",
            description = "Neighbours a query asks for; ${DEFAULT-VALUE} if left out.")
    private int k;

    @Option(names = "--m", paramLabel = "N", description = "Short for -O m=N.")
    private @Nullable String m;

    @Option(
            names = "--ef-construction",
            paramLabel = "N",
            description = "Short for -O efConstruction=N.")
    private @Nullable String efConstruction;

    @Option(names = "--seed", paramLabel = "N", description = "Short for -O seed=N.")
    private @Nullable String seed;

    @Option(
            names = {"-O", "--option"},
            paramLabel = "NAME=VALUE",
            description = "An option of the index family; can be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--sweep",
            converter = Sweep.Converter.class,
            paramLabel = "NAME=N,N,...",
            description = "Efforts to measure, such as ef=10,20,40; the family's default alone if"
                    + " left out.")
    private Sweep sweep = Sweep.DEFAULT;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that build; all processors if left out.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--residency",
            defaultValue = "heap",
            description = "Where the index is searched: heap (default) or mapped.")
    private Residency residency;

    @Option(names = "--queries", paramLabel = "N", description = "Use the first N queries only.")
    private int queries = Integer.MAX_VALUE;

    @Option(
            names = "--passes",
            defaultValue = "5",
            description = "How often each query is timed; ${DEFAULT-VALUE} if left out.")
    private int passes;

    @Option(
            names = "--warm-up",
            defaultValue = "3",
            paramLabel = "SECONDS",
            description = "Searching before anything is timed; ${DEFAULT-VALUE} s if left out.")
    private double warmUpSeconds;

    @Option(names = "--save", paramLabel = "FILE", description = "Keep the index in a file.")
    private @Nullable Path save;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the measurements as CSV.")
    private @Nullable Path csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with the recall/QPS curve.")
    private @Nullable Path html;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        IndexSpec spec = spec();
        Vectors rows = VectorFiles.open(base);
        Vectors asked = first(VectorFiles.open(query), queries);
        if (rows.dimension() != asked.dimension()) {
            throw new Failure(query + ": dimension " + asked.dimension() + ", but " + base
                    + " has dimension " + rows.dimension());
        }
        checkComparable(asked);
        BenchReport report;
        try (ProgressBar progress = new ProgressBar(terminal)) {
            BuildContext context = new BuildContext(threads, progress);
            int[][] exact = truth == null
                    ? ExactTruth.of(rows, asked, metric, k, context)
                    : VectorFiles.ints(truth);
            try (Built built = Built.of(rows, spec, context, residency, save)) {
                List<Measurement> measured = new Benchmark(built.index(), asked, exact, k)
                        .measure(sweep.efforts(), passes, warmUpSeconds, progress);
                report = new BenchReport(
                        spec.text() + " on " + name(base),
                        facts(built, asked),
                        sweep.name(),
                        measured);
            }
        }
        print(report);
        write(csv, CsvReport.of(report));
        write(html, HtmlReport.of(report));
        return 0;
    }

    /** Says which query is at fault, as a build does of rows. */
    private void checkComparable(Vectors asked) {
        for (int row = 0; row < asked.size(); row++) {
            metric.check(asked.row(row), asked.dimension(), query + ", row " + row);
        }
    }

    private IndexSpec spec() {
        Map<String, String> all = new LinkedHashMap<>(options);
        putIfGiven(all, "m", m);
        putIfGiven(all, "efConstruction", efConstruction);
        putIfGiven(all, "seed", seed);
        return IndexFamily.named(family).spec(metric, all);
    }

    private static void putIfGiven(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private SequencedMap<String, String> facts(Built built, Vectors asked) {
        Machine machine = Machine.current();
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("dataset", name(base));
        facts.put("rows", Integer.toString(built.index().size()));
        facts.put("dimension", Integer.toString(built.index().dimension()));
        facts.put("metric", metric.name().toLowerCase(Locale.ROOT));
        facts.put("queries", Integer.toString(asked.size()));
        facts.put("truth", truth == null ? "computed" : name(truth));
        facts.put("k", Integer.toString(k));
        facts.put("index", built.index().spec().text());
        facts.put(
                "seed",
                Objects.requireNonNullElse(built.index().spec().options().get("seed"), "none"));
        facts.put("residency", residency.name().toLowerCase(Locale.ROOT));
        facts.put("build_threads", Integer.toString(threads));
        facts.put("build_s", "%.2f".formatted(built.seconds()));
        facts.put("build_cpu_s", "%.2f".formatted(built.cpuSeconds()));
        facts.put("index_bytes", Long.toString(built.bytes()));
        facts.put("passes", Integer.toString(passes));
        facts.put("warm_up_s", Double.toString(warmUpSeconds));
        facts.put("cpu", machine.cpu());
        facts.put("system", machine.system());
        facts.put("java", machine.java());
        facts.put("flags", machine.flags());
        facts.put("kith", new Kith.Version().getVersion()[0]);
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return facts;
    }

    private void print(BenchReport report) {
        terminal.out().println(report.title());
        terminal.out()
                .println("built in " + report.facts().get("build_s") + " s ("
                        + report.facts().get("build_cpu_s") + " s of processor time, "
                        + Text.count(threads, "thread") + "), "
                        + Text.bytes(Long.parseLong(report.facts().get("index_bytes"))));
        Table table = new Table("rrrrrrrr")
                .row(
                        report.effortName(),
                        "recall@" + k,
                        "qps",
                        "qps_best",
                        "p50 us",
                        "p99 us",
                        "busy",
                        "distances");
        for (Measurement row : report.rows()) {
            table.row(
                    row.effort() == 0 ? "default" : Integer.toString(row.effort()),
                    String.format(Locale.ROOT, "%.4f", row.recall()),
                    Text.number(Math.round(row.qps())),
                    Text.number(Math.round(row.bestQps())),
                    String.format(Locale.ROOT, "%,.1f", row.p50Micros()),
                    String.format(Locale.ROOT, "%,.1f", row.p99Micros()),
                    String.format(Locale.ROOT, "%.2f", row.busy()),
                    Text.number(Math.round(row.distances())));
        }
        table.print(terminal.out(), "");
    }

    private static void write(@Nullable Path file, String content) throws IOException {
        if (file != null) {
            Files.writeString(file, content);
        }
    }

    /** The folder and the name: data sets are often told apart by the folder alone. */
    private static String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        return absolute.subpath(Math.max(0, names - 2), names).toString();
    }

    private static Vectors first(Vectors all, int count) {
        if (count >= all.size()) {
            return all;
        }
        float[][] some = new float[Math.max(0, count)][];
        for (int i = 0; i < some.length; i++) {
            some[i] = all.row(i);
        }
        return Vectors.of(all.dimension(), some);
    }
}
