package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.CorruptFileException;
import dev.kith.Progress;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.HashingEmbedder;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.LineChunker;
import dev.kith.retrieval.OverlapReranker;
import dev.kith.retrieval.Query;
import dev.kith.text.CachedEmbedder;
import dev.kith.text.Document;
import dev.kith.text.Embedder.Role;
import dev.kith.text.EmbeddingCache.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationTest {
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config = CorpusConfig.of(embedder, new LineChunker());

    @TempDir
    private Path folder;

    @BeforeEach
    void collection() throws IOException {
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
                {"_id": "q3", "text": "unanswerable <b>purr</b>"}
                {"_id": "q4", "text": "never judged"}
                {"_id": "q5", "text": "nothing relevant"}
                """);
        Files.writeString(
                folder.resolve("qrels/test.tsv"),
                "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t2\nq3\tmissing\t1\nq5\td1\t0\n");
    }

    private EvaluationReport report() throws Exception {
        return Evaluation.of(BeirDataset.read(folder), config).run(Progress.NONE);
    }

    @Test
    void readsACollection() throws IOException {
        BeirDataset dataset = BeirDataset.read(folder);
        assertThat(dataset.documents().getFirst().text()).isEqualTo("Cats sleep all day\nand purr");
        assertThat(dataset.queries()).containsOnlyKeys("q1", "q2", "q3", "q5");
        assertThat(dataset.qrels().get("q2")).isEqualTo(Map.of("d3", 2));
    }

    @Test
    void measuresEachConfigurationWithWholeAndWithCutDocuments() throws Exception {
        EvaluationReport report = report();

        EvaluationReport.Setting whole = report.settings().getFirst();
        EvaluationReport.Setting chunked = report.settings().getLast();
        assertThat(Objects.requireNonNull(whole.ingested()).chunks()).isEqualTo(4);
        assertThat(Objects.requireNonNull(chunked.ingested()).chunks()).isEqualTo(5);
        assertThat(whole.comparison().scores())
                .extracting(Scores::name)
                .containsExactly("sparse", "dense", "hybrid", "hybrid+rm3");
        Scores sparse = whole.comparison().named("sparse");
        // q1 and q2 perfect, the document with q2's own id left out; q3's document is not there
        // and q5 has none, which count as trec_eval -c counts them.
        for (Measure measure :
                List.of(Measure.ndcg(10), Measure.recall(100), Measure.averagePrecision())) {
            assertThat(sparse.mean(measure)).isEqualTo(2.0 / 4, within(1e-12));
        }
        assertThat(sparse.values(Measure.hit(10)))
                .isEqualTo(Map.of("q1", 1.0, "q2", 1.0, "q3", 0.0, "q5", 0.0));
        assertThat(report.table())
                .contains("4 documents, 4 judged queries")
                .containsPattern("whole: 4 passages, 0 tokens dropped, ingested in")
                .containsPattern("chunked: 5 passages")
                .containsPattern(
                        "sparse +0\\.5000 +0\\.5000 +0\\.5000 +0\\.5000 +0\\.0500 +0\\.5000")
                .contains("worse than sparse: p < 0.05, paired randomisation test on 4 queries");
    }

    @Test
    void knowsTheLatencyOfTheStagesThatRan() throws Exception {
        List<Trial> trials = report().settings().getFirst().trials();
        assertThat(trials.getFirst().latencies())
                .containsOnlyKeys(Trial.Stage.SPARSE, Trial.Stage.TOTAL);
        assertThat(trials.getLast().latencies())
                .containsOnlyKeys(
                        Trial.Stage.SPARSE,
                        Trial.Stage.DENSE,
                        Trial.Stage.FUSION,
                        Trial.Stage.TOTAL);
        for (Trial trial : trials) {
            trial.latencies().values().forEach(latency -> {
                assertThat(latency.p50()).isLessThanOrEqualTo(latency.p95());
                assertThat(latency.p95()).isLessThanOrEqualTo(latency.p99());
            });
        }
    }

    @Test
    void embedsEachTextOnceHoweverDocumentsAreCut() throws Exception {
        report();
        // Four whole documents; of the five lines two are no whole document.
        assertThat(embedder.embedded).hasValue(6);
        RunCache cache = new RunCache();
        CachedEmbedder cached = new CachedEmbedder(new HashingEmbedder(), cache);
        Evaluation.of(BeirDataset.read(folder), config.withEmbedder(cached)).run(Progress.NONE);
        String text = "dogs bark at strangers";
        assertThat(cache.get(Key.of(cached.identity(), Role.DOCUMENT, text))).isNotNull();
        assertThat(cache.get(Key.of(cached.identity(), Role.QUERY, "yarn"))).isNotNull();
    }

    @Test
    void comparesWhateverTheCallerAdds() throws Exception {
        CorpusConfig reranking = config.withReranker(new OverlapReranker());
        List<String> stages = new ArrayList<>();
        EvaluationReport report = Evaluation.of(BeirDataset.read(folder), reranking)
                .with("first alone", query -> query.topK(1))
                .withMeasures(List.of(Measure.recall(10), Measure.precision(1)))
                .withPassages(List.of(Evaluation.Passages.CHUNKED))
                .withDepth(3)
                .run((stage, done, total) -> stages.add(stage))
                .against("hybrid");
        EvaluationReport.Setting only = report.settings().getFirst();
        assertThat(report.settings()).hasSize(1);
        assertThat(only.comparison().scores())
                .extracting(Scores::name)
                .containsExactly(
                        "sparse", "dense", "hybrid", "hybrid+rm3", "hybrid+rerank", "first alone");
        assertThat(only.trials().get(4).latencies()).containsKey(Trial.Stage.RERANK);
        assertThat(only.trials().getLast().run().scores().get("q1")).hasSize(1);
        assertThat(only.comparison().differences(Measure.recall(10)))
                .extracting(Comparison.Difference::name)
                .containsExactly("sparse", "dense", "hybrid+rm3", "hybrid+rerank", "first alone");
        assertThat(stages).contains("ingest", "search sparse", "search first alone");
    }

    @Test
    void aTrialAsksACorpusThatIsThere() throws Exception {
        BeirDataset dataset = BeirDataset.read(folder);
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(dataset.documents());
            Trial trial = Trial.of(
                    corpus,
                    Configuration.standard(config).getFirst(),
                    dataset.queries(),
                    100,
                    Progress.NONE);
            assertThat(trial.run().ranked("q2")).containsExactly("q2", "d3");
            assertThat(trial.run()
                            .score(new Qrels(dataset.qrels()), List.of(Measure.ndcg(10)))
                            .queries())
                    .containsExactly("q1", "q2", "q3", "q5");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trial.of(
                            corpus,
                            Configuration.standard(config).getFirst(),
                            Map.of(),
                            100,
                            Progress.NONE));
        }
    }

    @Test
    void thePageNeedsNothingElseAndShowsEveryDifferingQuery() throws Exception {
        String page = report().html();
        assertThat(page)
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains("prefers-color-scheme: dark", "<svg", "data-value")
                .contains("dense: ", "queries differ from sparse")
                .doesNotContain("<b>purr</b>")
                .doesNotContainPattern("https?:|src=|href=|url\\(|@import|<link");
        assertThat(page.split("<table", -1)).hasSameSizeAs(page.split("</table>", -1));
        assertThat(page.split("<td", -1)).hasSameSizeAs(page.split("</td>", -1));
        assertThat(HtmlReport.escape("<a href=\"x\">&\u0007"))
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;\uFFFD");
    }

    @Test
    void theNumbersAreThereForPrograms() throws Exception {
        JsonNode setting = new JsonMapper().readTree(report().json()).at("/settings/0");
        assertThat(setting.path("baseline").asText()).isEqualTo("sparse");
        assertThat(setting.path("queries").asInt()).isEqualTo(4);
        JsonNode ndcg = setting.at("/systems/hybrid/measures/nDCG@10");
        assertThat(ndcg.at("/queries/q1").asDouble()).isEqualTo(1);
        assertThat(ndcg.at("/againstBaseline/p").asDouble()).isBetween(0.0, 1.0);
        assertThat(setting.at("/systems/sparse/measures/nDCG@10").has("againstBaseline"))
                .isFalse();
        assertThat(setting.at("/systems/hybrid/milliseconds/total/p99").asDouble())
                .isPositive();
    }

    @Test
    void runFilesOfAnySystemAreComparedAndMarked() {
        Map<String, Map<String, Integer>> grades = new TreeMap<>();
        Map<String, Map<String, Double>> good = new TreeMap<>();
        Map<String, Map<String, Double>> bad = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            grades.put("q" + i, Map.of("d", 1));
            good.put("q" + i, Map.of("d", 1.0, "e", 0.5));
            bad.put("q" + i, Map.of("d", 0.1, "e", 0.5));
        }
        Qrels qrels = new Qrels(grades);
        Run first = new Run("good", good);
        Run second = new Run("bad", bad);
        EvaluationReport report = EvaluationReport.of(
                "two runs",
                qrels,
                List.of(first, second),
                List.of(Measure.precision(1), Measure.hit(2)));
        assertThat(report.table())
                .startsWith("two runs\n")
                .containsPattern("good +1\\.0000 +1\\.0000")
                .containsPattern("bad +0\\.0000- +1\\.0000")
                .doesNotContain("milliseconds");
        assertThat(report.against("bad").table()).containsPattern("good +1\\.0000\\+ +1\\.0000");
        assertThat(report.html()).contains("bad: 20 queries differ from good");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvaluationReport.of("none", qrels, List.of(), Measure.DEFAULTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EvaluationReport.of("same", qrels, List.of(first, first), Measure.DEFAULTS))
                .withMessageContaining("two systems are named good");
    }

    @Test
    void namesTheLineThatCannotBeRead() throws Exception {
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
        Files.writeString(folder.resolve("qrels/test.tsv"), "q1\td2\t0\n");
        Evaluation evaluation = Evaluation.of(BeirDataset.read(folder), config);
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.run(Progress.NONE));
    }

    @Test
    void refusesWhatCannotBeEvaluated() throws Exception {
        Evaluation evaluation = Evaluation.of(BeirDataset.read(folder), config);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.with("dense", query -> query))
                .withMessageContaining("one name");
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.with(" ", query -> query));
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.withDepth(0));
        assertThatIllegalArgumentException().isThrownBy(() -> evaluation.withMeasures(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        evaluation.with("rerank", query -> query.rerank(5)).run(Progress.NONE))
                .withMessageContaining("no reranker");
    }

    @Test
    void aTrialKeepsAnOrderThatIsNotByScore() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    Document.of("a", "keys rotate monthly"),
                    Document.of("b", "keys rotate monthly"),
                    Document.of("c", "leaked keys are revoked")));
            Configuration diverse = new Configuration("mmr", query -> query.mmr(0.1));
            Trial trial = Trial.of(
                    corpus, diverse, Map.of("q", "keys rotate monthly"), 100, Progress.NONE);
            assertThat(corpus.search(diverse.query().apply(Query.of("keys rotate monthly")))
                            .hits())
                    .extracting(Hit::documentId)
                    .containsExactly("a", "c", "b");
            assertThat(trial.run().ranked("q")).containsExactly("a", "c", "b");
        }
    }
}
