package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        assertThat(shell.out()).contains("3 documents, 1 judged queries");
        for (String passages : new String[] {"whole", "chunked"}) {
            for (String mode : new String[] {"sparse", "dense", "hybrid"}) {
                assertThat(shell.out())
                        .containsPattern(passages + " +" + mode + " +1\\.0000 +1\\.0000 +1\\.0000");
            }
        }
    }

    @Test
    void seesThatAnotherDocumentWasMeant() throws IOException {
        write("d1");
        assertThat(shell.run("eval", folder)).as(shell.err()).isZero();
        assertThat(shell.out()).containsPattern("whole +sparse +0\\.0000 +0\\.0000 +0\\.0000");
        assertThat(shell.out()).doesNotContainPattern("whole +dense +1\\.0000");
    }

    @Test
    void namesTheFileThatIsMissingAndTheLineThatIsWrong() throws IOException {
        assertThat(shell.run("eval", folder)).isEqualTo(1);
        assertThat(shell.err()).contains("test.tsv: no such file or directory");
        write("d2");
        Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\": \"q1\"");
        assertThat(shell.run("eval", folder)).isEqualTo(1);
        assertThat(shell.err()).contains("queries.jsonl, line 1");
    }
}
