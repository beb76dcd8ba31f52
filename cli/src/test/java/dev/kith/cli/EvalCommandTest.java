package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvalCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private void write(String judged) throws IOException {
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Tides", "text": "The moon pulls the sea."}
                {"_id": "d2", "title": "Bread", "text": "Let the dough rise over night."}
                {"_id": "d3", "title": "Keys", "text": "Rotate encryption keys every year."}
                """);
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "dough rise"}
                {"_id": "q2", "text": "not judged"}
                """);
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(
                folder.resolve("qrels/test.tsv"),
                "query-id\tcorpus-id\tscore\nq1\t" + judged + "\t1\n");
    }

    @Test
    void measuresEachModeWithWholeAndWithCutDocuments() throws IOException {
        write("d2");
        assertThat(shell.run("eval", folder)).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("3 documents, 1 judged queries")
                .contains("whole: 3 passages", "chunked: 3 passages")
                .contains("milliseconds a query");
        for (String mode : new String[] {"sparse", "dense", "hybrid"}) {
            assertThat(shell.out()).containsPattern(mode + " +1\\.0000 +1\\.0000 +1\\.0000");
        }
    }

    @Test
    void seesThatAnotherDocumentWasMeant() throws IOException {
        write("d1");
        assertThat(shell.run("eval", folder, "--passages", "whole", "--measures", "P@1,MRR"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .containsPattern("sparse +0\\.0000 +0\\.0000")
                .doesNotContainPattern("dense +1\\.0000")
                .doesNotContain("chunked");
    }

    @Test
    void writesAPageRunsAndJsonAndRemembersVectors() throws IOException {
        write("d2");
        Path vectors = folder.resolve("vectors");
        Path page = folder.resolve("page.html");
        Path runs = folder.resolve("runs");
        Object[] command = {
            "eval",
            folder,
            "--passages",
            "chunked",
            "--vectors",
            vectors,
            "--html",
            page,
            "--run",
            runs,
            "--baseline",
            "hybrid",
            "--json"
        };
        assertThat(shell.run(command)).as(shell.err()).isZero();
        JsonNode setting = new ObjectMapper().readTree(shell.out()).at("/settings/0");
        assertThat(setting.path("baseline").asText()).isEqualTo("hybrid");
        assertThat(setting.at("/systems/dense/measures/nDCG@10/mean").asDouble())
                .isEqualTo(1);
        assertThat(page).content().contains("queries differ from hybrid");
        assertThat(runs.resolve("chunked-sparse.run"))
                .content()
                .matches("q1 Q0 d2 1 [0-9.]+ sparse\n");
        assertThat(runs.resolve("chunked-hybrid.run")).content().contains("q1 Q0 d2 1 ");

        long size = Files.size(vectors);
        assertThat(size).isGreaterThan(4 * 384 * 4);
        assertThat(shell.run(command)).as(shell.err()).isZero();
        assertThat(vectors).hasSize(size);

        assertThat(shell.run(
                        "eval",
                        "--compare",
                        runs.resolve("chunked-sparse.run"),
                        runs.resolve("chunked-dense.run"),
                        "--qrels",
                        folder.resolve("qrels/test.tsv")))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .contains("test.tsv: 2 runs")
                .containsPattern("sparse +1\\.0000")
                .containsPattern("dense +1\\.0000")
                .contains("worse than sparse");
    }

    @Test
    void aModelsFolderIsUsedWithTheSettingsBesideTheModel() throws IOException {
        write("d2");
        Path vectors = folder.resolve("vectors");
        Path model = ModelOnDisk.in(folder);
        assertThat(shell.run("eval", folder, "--model", model, "--vectors", vectors))
                .as(shell.err())
                .isZero();
        assertThat(Files.readString(vectors, StandardCharsets.ISO_8859_1))
                .contains(ModelOnDisk.SETTINGS + "TRUNCATE,'" + ModelOnDisk.QUERY_PREFIX + "',''");
        assertThat(shell.run("eval", folder, "--vectors", vectors)).isEqualTo(1);
        assertThat(shell.err()).contains("holds embeddings of ", ", not of ");
    }

    @Test
    void runsWithTheSameTagAreToldApartByTheirFiles() throws IOException {
        Path a = Files.writeString(folder.resolve("a.run"), "q Q0 d 1 1 tag\n");
        Path b = Files.writeString(folder.resolve("b.run"), "q Q0 e 1 1 tag\n");
        Path qrels = Files.writeString(folder.resolve("qrels.txt"), "q 0 d 1\n");
        assertThat(shell.run("eval", "--compare", a, b, "--qrels", qrels, "--measures", "P@1"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .containsPattern("(?m)^tag +1\\.0000$")
                .containsPattern("(?m)^\\S+b\\.run +0\\.0000$");
    }

    @Test
    void aTagCannotCommandTheTerminal() throws IOException {
        Path run = Files.writeString(folder.resolve("a.run"), "q Q0 d 1 1 \u001b[2Jtag\n");
        Path qrels = Files.writeString(folder.resolve("qrels.txt"), "q 0 d 1\n");
        assertThat(shell.run("eval", "--compare", run, "--qrels", qrels)).isZero();
        assertThat(shell.out()).contains("\uFFFD[2Jtag").doesNotContain("\u001b");
    }

    @Test
    void saysWhatOfTheCommandLineItCannotUnderstand() throws IOException {
        write("d2");
        misused("a collection's folder is missing", "eval");
        misused("--compare needs --qrels", "eval", "--compare", "a.run");
        misused("of no use", "eval", folder, "--compare", "a.run", "--qrels", "q");
        misused("--qrels belongs to --compare", "eval", folder, "--qrels", "q");
        misused("expected a measure such as nDCG@10", "eval", folder, "--measures", "F@1");
        misused(
                "--baseline is none of [sparse, dense, hybrid, hybrid+rm3]: best",
                "eval",
                folder,
                "--baseline",
                "best");
    }

    private void misused(String message, Object... command) {
        assertThat(shell.run(command)).isEqualTo(2);
        assertThat(shell.err()).contains(message);
    }

    @Test
    void namesTheFileThatIsMissingAndTheLineThatIsWrong() throws IOException {
        assertThat(shell.run("eval", folder)).isEqualTo(1);
        assertThat(shell.err()).contains("test.tsv: no such file or directory");
        write("d2");
        Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\": \"q1\"");
        assertThat(shell.run("eval", folder)).isEqualTo(1);
        assertThat(shell.err()).contains("queries.jsonl, line 1");
        Path qrels = folder.resolve("qrels/test.tsv");
        Path run = Files.writeString(folder.resolve("a.run"), "q1 Q0 d2 1 best tag\n");
        assertThat(shell.run("eval", "--compare", run, "--qrels", qrels)).isEqualTo(1);
        assertThat(shell.err()).contains("a.run, line 1, offset 0: expected a number as score");
    }
}
