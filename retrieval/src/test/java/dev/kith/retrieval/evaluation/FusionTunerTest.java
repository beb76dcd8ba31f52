package dev.kith.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.HashingEmbedder;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.LineChunker;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.text.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FusionTunerTest {
    private final Map<String, String> queries = new TreeMap<>();
    private final Map<String, Map<String, Integer>> qrels = new TreeMap<>();
    private Corpus corpus;

    @BeforeEach
    void collection() throws Exception {
        Random random = new Random(42);
        corpus = Corpus.inMemory(CorpusConfig.of(new HashingEmbedder(), new LineChunker()));
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 20; word++) {
                text.append(word == 8 ? "\n" : " ").append("w").append(random.nextInt(40));
            }
            documents.add(Document.of("d" + i, text.toString()));
        }
        corpus.ingest(documents);
        for (int i = 0; i < 14; i++) {
            queries.put("q" + i, "w" + random.nextInt(40) + " w" + random.nextInt(40) + " w3");
            for (int j = 0; j < 6; j++) {
                qrels.computeIfAbsent("q" + i, query -> new TreeMap<>())
                        .put("d" + random.nextInt(80), random.nextInt(3));
            }
        }
        queries.put("unjudged", "w1");
    }

    @AfterEach
    void close() throws Exception {
        corpus.close();
    }

    /** What an ordinary search gives under a fusion. */
    private double measured(String query, Fusion fusion) throws Exception {
        Map<String, Double> scores = new HashMap<>();
        for (Hit hit : corpus.search(Query.of(queries.get(query)).fuse(fusion).topK(200))
                .hits()) {
            scores.merge(hit.documentId(), hit.score(), Math::max);
        }
        return Metrics.ndcg(Metrics.ranked(scores), qrels.get(query), 10);
    }

    @Test
    void everyTrialIsWhatASearchWouldGive() throws Exception {
        List<Fusion> fusions = List.of(
                Fusion.minMax(0.3),
                Fusion.theoreticalMin(0.8),
                Fusion.distributionBased(0.5),
                Fusion.rrf(60));
        TunedFusion tuned = FusionTuner.tuneFusion(corpus, queries, qrels, fusions, 1);
        assertThat(tuned.trials())
                .extracting(TunedFusion.Trial::fusion)
                .containsExactlyElementsOf(fusions);
        List<String> judged = qrels.entrySet().stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(grade -> grade > 0))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(tuned.queries()).isEqualTo(judged.size());
        for (TunedFusion.Trial trial : tuned.trials()) {
            double sum = 0;
            for (String query : judged) {
                sum += measured(query, trial.fusion());
            }
            assertThat(trial.ndcg10())
                    .as(trial.fusion().text())
                    .isEqualTo(sum / judged.size(), within(1e-9));
        }
    }

    @Test
    void takesTheBestOfTheGridAndSaysWhatToExpect() throws Exception {
        TunedFusion tuned = FusionTuner.tuneFusion(corpus, queries, qrels, 7);
        assertThat(tuned.trials()).hasSameSizeAs(FusionTuner.grid());
        TunedFusion.Trial best = tuned.trials().stream()
                .max(Comparator.comparingDouble(TunedFusion.Trial::ndcg10))
                .orElseThrow();
        assertThat(tuned.ndcg10()).isEqualTo(best.ndcg10());
        assertThat(tuned.fusion())
                .isEqualTo(tuned.trials().stream()
                        .filter(trial -> trial.ndcg10() == best.ndcg10())
                        .findFirst()
                        .orElseThrow()
                        .fusion());
        assertThat(tuned.crossValidated()).isBetween(0.0, 1.0);
        assertThat(tuned.folds()).hasSize(2);
        assertThat(FusionTuner.tuneFusion(corpus, queries, qrels, 7)).isEqualTo(tuned);
    }

    @Test
    void eachHalfIsRankedByWhatIsBestForTheOther() throws Exception {
        Map<String, String> two = new TreeMap<>();
        two.put("q1", queries.get("q1"));
        two.put("q2", queries.get("q2"));
        qrels.put("q1", Map.of("d1", 1, "d5", 1, "d9", 2));
        qrels.put("q2", Map.of("d2", 1, "d7", 1));
        TunedFusion tuned = FusionTuner.tuneFusion(corpus, two, qrels, 3);
        double straight = measured("q1", tuned.folds().get(0))
                + measured("q2", tuned.folds().get(1));
        double crossed = measured("q2", tuned.folds().get(0))
                + measured("q1", tuned.folds().get(1));
        assertThat(List.of(straight / 2, crossed / 2))
                .as("which query is in which half depends on the seed")
                .anySatisfy(
                        mean -> assertThat(mean).isEqualTo(tuned.crossValidated(), within(1e-9)));
    }

    @Test
    void needsTwoJudgedQueriesAndAFusion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FusionTuner.tuneFusion(corpus, queries, Map.of("q1", Map.of("d1", 1)), 1))
                .withMessage(
                        "tuning needs two queries or more that have a relevant document, found 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FusionTuner.tuneFusion(corpus, queries, qrels, List.of(), 1));
    }
}
