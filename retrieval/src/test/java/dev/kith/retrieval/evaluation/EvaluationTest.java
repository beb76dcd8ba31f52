package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.CorruptFileException;
import dev.kith.Progress;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.HashingEmbedder;
import dev.kith.retrieval.LineChunker;
import dev.kith.retrieval.Query;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationTest {
    @TempDir
    Path folder;

    /** Figures worked out by hand from the definitions. */
    @Test
    void metricsAreTrecEvals() {
        Map<String, Integer> grades = Map.of("a", 2, "b", 1, "c", 1, "z", 0, "n", -1);
        List<String> ranked = List.of("x", "a", "z", "b", "n");
        double gain = 2 / log2(3) + 1 / log2(5);
        double ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4);
        assertThat(Metrics.ndcg(ranked, grades, 10)).isEqualTo(gain / ideal, within(1e-12));
        assertThat(Metrics.ndcg(ranked, grades, 2))
                .isEqualTo((2 / log2(3)) / (2 / log2(2) + 1 / log2(3)), within(1e-12));
        assertThat(Metrics.recall(ranked, grades, 100)).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(Metrics.recall(ranked, grades, 2)).isEqualTo(1.0 / 3, within(1e-12));
        assertThat(Metrics.reciprocalRank(ranked, grades, 10)).isEqualTo(0.5);
        assertThat(Metrics.reciprocalRank(ranked, grades, 1)).isZero();
        assertThat(Metrics.ndcg(ranked, Map.of("q", 0), 10)).isZero();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void tiesFallByDescendingId() {
        assertThat(Metrics.ranked(Map.of("a", 0.5, "c", 0.5, "b", 0.9)))
                .containsExactly("b", "c", "a");
    }

    private void collection() throws Exception {
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Cats", "text": "sleep all day\\nand purr"}
                {"_id": "d2", "title": "", "text": "dogs bark at strangers"}
                {"_id": "q2", "title": "", "text": "yarn yarn yarn"}
                {"_id": "d3", "title": "Yarn", "text": "is played with by kittens"}
                """);
        Files.writeString(folder.resolve("queries.jsonl"), """
                {"_id": "q1", "text": "who barks?"}
                {"_id": "q2", "text": "yarn"}
                {"_id": "q3", "text": "unanswerable purr"}
                {"_id": "q4", "text": "never judged"}
                {"_id": "q5", "text": "nothing relevant"}
                """);
        Files.writeString(
                folder.resolve("qrels/test.tsv"),
                "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t2\nq3\tmissing\t1\nq5\td1\t0\n");
    }

    @Test
    void measuresEachModeTwice() throws Exception {
        collection();
        BeirDataset dataset = BeirDataset.read(folder);
        assertThat(dataset.documents().getFirst().text()).isEqualTo("Cats sleep all day\nand purr");
        assertThat(dataset.queries()).containsOnlyKeys("q1", "q2", "q3", "q5");

        EvaluationReport report = Evaluation.run(
                dataset, CorpusConfig.of(new HashingEmbedder(), new LineChunker()), Progress.NONE);

        assertThat(report.queries()).isEqualTo(3); // q5 has nothing relevant
        EvaluationReport.Setting whole = report.settings().getFirst();
        assertThat(whole.chunks()).isEqualTo(4);
        assertThat(report.settings().getLast().chunks()).isEqualTo(5);
        EvaluationReport.Row sparse = whole.rows().getFirst();
        assertThat(sparse.mode()).isEqualTo(Query.Mode.SPARSE);
        // q1 and q2 perfect, the document with q2's own id left out; q3's document is not there.
        assertThat(sparse.ndcg10()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(sparse.recall100()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(sparse.mrr10()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(report.table())
                .contains("whole      sparse    0.6667   0.6667   0.6667         4               0")
                .contains("chunked    hybrid");
    }

    @Test
    void namesTheLineThatCannotBeRead() throws Exception {
        collection();
        Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\": \"q1\", \"text\": \"a\"}\n{");
        assertThatThrownBy(() -> BeirDataset.read(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("queries.jsonl, line 2");
        Files.writeString(folder.resolve("queries.jsonl"), "{\"text\": \"a\"}\n");
        assertThatThrownBy(() -> BeirDataset.read(folder)).hasMessageContaining("_id and text");
        Files.writeString(folder.resolve("qrels/test.tsv"), "q1\td2\tmany\n");
        assertThatThrownBy(() -> BeirDataset.read(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("test.tsv, line 1");
        Files.delete(folder.resolve("qrels/test.tsv"));
        assertThatThrownBy(() -> BeirDataset.read(folder)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesACollectionWithoutRelevantDocuments() throws Exception {
        collection();
        Files.writeString(folder.resolve("qrels/test.tsv"), "q1\td2\t0\n");
        BeirDataset dataset = BeirDataset.read(folder);
        CorpusConfig config = CorpusConfig.of(new HashingEmbedder(), new LineChunker());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.run(dataset, config, Progress.NONE));
    }
}
