package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.VectorFiles;
import dev.kith.Vectors;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

final class BenchCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path base;
    private Path query;

    @BeforeEach
    void writeVectors() throws IOException {
        base = write("base.fvecs", 500, 16, 1);
        query = write("query.fvecs", 30, 16, 2);
    }

    private Path write(String name, int count, int dimension, long seed) throws IOException {
        Random random = new Random(seed);
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextFloat();
            }
        }
        return write(name, rows);
    }

    private Path write(String name, float[][] rows) throws IOException {
        Path file = folder.resolve(name);
        VectorFiles.write(file, Vectors.of(rows));
        return file;
    }

    private int bench(Object... more) {
        Object[] args = new Object[11 + more.length];
        List<Object> first = List.of(
                "bench",
                "--base",
                base,
                "--query",
                query,
                "--metric",
                "l2",
                "--passes",
                "2",
                "--warm-up",
                "0.01");
        System.arraycopy(first.toArray(), 0, args, 0, first.size());
        System.arraycopy(more, 0, args, first.size(), more.length);
        return shell.run(args);
    }

    @Test
    void measuresAnExactIndexAndComputesTheTruthItself() {
        assertThat(bench("--index", "flat")).as(shell.err()).isZero();
        assertThat(shell.out()).contains("flat?metric=euclidean").contains("recall@10");
        assertThat(shell.out().lines().toList().getLast()).contains("1.0000");
    }

    @Test
    void namesTheIndexThatWasChosen() throws IOException {
        Path csv = folder.resolve("auto.csv");
        assertThat(bench("--index", "auto", "--csv", csv)).as(shell.err()).isZero();
        assertThat(shell.out()).contains("auto?metric=euclidean&recall=0.95&bytes=0");
        assertThat(Files.readString(csv)).contains("flat?metric=euclidean");
    }

    @Test
    void writesOneLineOfCsvForEachEffortWithEveryFact() throws IOException {
        Path csv = folder.resolve("out.csv");
        assertThat(bench("--index", "flat", "--sweep", "ef=10,20", "--csv", csv))
                .as(shell.err())
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith("effort,recall,qps,qps_best,p50_us,p99_us,")
                .contains(
                        "dataset", "seed", "build_s", "build_cpu_s", "index_bytes", "flags", "cpu")
                .endsWith("date");
        assertThat(lines.get(1)).startsWith("10,1.00000,");
        assertThat(lines.get(2)).startsWith("20,1.00000,");
    }

    @Test
    void drawsACurveThatIsWellFormedAndNeedsNothingElse() throws Exception {
        Path html = folder.resolve("out.html");
        assertThat(bench("--index", "flat", "--sweep", "10,20", "--html", html)).isZero();
        String page = Files.readString(html);
        assertThat(page)
                .doesNotContain("<script", "<link", "http:", "https:", "NaN", "Infinity")
                .contains("prefers-color-scheme: dark", "queries/s, one thread");
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
        var drawing = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(drawing.getElementsByTagName("circle").getLength()).isEqualTo(2);
    }

    @Test
    void keepsTheIndexItBuilt() {
        Path kept = folder.resolve("kept.kith");
        assertThat(bench("--index", "flat", "--residency", "mapped", "--save", kept))
                .isZero();
        assertThat(shell.run("verify", kept)).isZero();
        assertThat(shell.run("inspect", kept)).isZero();
        assertThat(shell.out()).contains("family   flat (FLAT)").contains("dimension");
    }

    @Test
    void takesTheTruthFromAFile() throws IOException {
        int[][] wrong = new int[30][10]; // row 0 ten times: at most one of them can be found
        Path truth = folder.resolve("truth.ivecs");
        VectorFiles.write(truth, wrong);
        assertThat(bench("--index", "hnsw", "--m", "4", "--seed", "7", "--truth", truth))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).contains("hnsw?metric=euclidean&m=4&").contains("seed=7");
        assertThat(shell.out().lines().toList().getLast()).doesNotContain("1.0000");
    }

    @Test
    void namesBothFilesWhenDimensionsDiffer() throws IOException {
        query = write("other.fvecs", 3, 8, 3);
        assertThat(bench("--index", "flat")).isEqualTo(1);
        assertThat(shell.err())
                .contains("other.fvecs: dimension 8, but")
                .contains("base.fvecs has dimension 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "hnsw", "qg"})
    void namesTheVectorThatCannotBeCompared(String family) throws IOException {
        float[][] good = {{1, 2}, {3, 4}, {5, 6}};
        float[][] nan = {{1, 2}, {3, 4}, {5, Float.NaN}};
        float[][] zero = {{1, 2}, {0, 0}, {5, 6}};
        refuses(family, "l2", nan, good, "row 2 is not finite: component 1 is NaN");
        refuses(
                family,
                "cosine",
                zero,
                good,
                "row 1 is the zero vector, which has no direction: COSINE needs one");
        refuses(family, "l2", good, nan, query + ", row 2 is not finite: component 1 is NaN");
        refuses(
                family,
                "cosine",
                good,
                zero,
                query + ", row 1 is the zero vector, which has no direction: COSINE needs one");
        base = write("base.fvecs", zero);
        query = write("query.fvecs", zero);
        assertThat(bench("--index", family, "--k", "3")).as(shell.err()).isZero();
    }

    private void refuses(
            String family, String metric, float[][] rows, float[][] queries, String why)
            throws IOException {
        write("base.fvecs", rows);
        write("query.fvecs", queries);
        int status = shell.run(
                "bench",
                "--base",
                base,
                "--query",
                query,
                "--metric",
                metric,
                "--index",
                family,
                "--k",
                "2");
        assertThat(status).as(shell.err()).isEqualTo(1);
        assertThat(shell.err()).isEqualToNormalizingNewlines("kith: " + why + "\n");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThat(bench("--index", "flat", "--sweep", "ef=10,x")).isEqualTo(2);
        assertThat(shell.err()).contains("found 'x' in 'ef=10,x'");
        assertThat(bench("--index", "flat", "--k", "0")).isEqualTo(1);
        assertThat(shell.err()).contains("k must be positive: 0");
        assertThat(bench("--index", "flat", "--k", "501")).isEqualTo(1);
        assertThat(shell.err()).contains("k must be in [1, 500], the number of rows: 501");
        assertThat(bench("--index", "tree")).isEqualTo(1);
        assertThat(shell.err()).contains("no index family \"tree\"");
        assertThat(shell.run("bench", "--base", base)).isEqualTo(2);
        assertThat(shell.err()).contains("Missing required options");
    }
}
