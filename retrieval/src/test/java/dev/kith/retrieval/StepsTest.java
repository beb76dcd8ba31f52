package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.steps.ModelStep;
import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.QueryStep;
import dev.kith.retrieval.steps.QueryStepException;
import dev.kith.retrieval.steps.SubQuery;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What steps before the search do to its hits. */
final class StepsTest {
    private static final List<Document> DOCUMENTS = List.of(
            Document.of("cats", "cats purr\ncats hunt mice"),
            Document.of("dogs", "dogs bark\ndogs chase cats"),
            Document.of("fish", "fish swim\nfish breathe water"),
            Document.of("birds", "birds fly\nbirds sing songs"));

    private final HashingEmbedder embedder = new HashingEmbedder();
    private Corpus corpus;

    @BeforeEach
    void open() throws Exception {
        corpus = Corpus.inMemory(
                CorpusConfig.of(embedder, new LineChunker()).withReranker(new OverlapReranker()));
        corpus.ingest(DOCUMENTS);
    }

    @AfterEach
    void close() throws Exception {
        corpus.close();
    }

    @Test
    void aStepThatChangesNothingChangesNothing() throws Exception {
        Query query = Query.of("cats hunt").topK(5);
        Results plain = corpus.search(query);
        Results stepped = corpus.search(query.step(plan -> plan));
        assertThat(stepped.hits()).isEqualTo(plain.hits());
        assertThat(stepped.plan()).isEqualTo(Plan.of("cats hunt"));
        assertThat(plain.plan()).isEqualTo(Plan.of("cats hunt"));
        assertThat(plain.hits()).allMatch(hit -> hit.signals().foundBy().isEmpty());
    }

    @Test
    void paraphrasesFindWhatTheQuestionDoesNotAndSaySo() throws Exception {
        Query query = Query.of("felines").mode(Query.Mode.SPARSE);
        assertThat(corpus.search(query).hits()).isEmpty();
        Results results = corpus.search(
                query.step(ModelStep.multiQuery(prompt -> "1. cats hunt\n2. mice", 2)));
        assertThat(results.hits()).isNotEmpty();
        Hit best = results.hits().getFirst();
        assertThat(best.text()).isEqualTo("cats hunt mice");
        assertThat(best.signals().foundBy())
                .containsExactly(
                        new Signals.FoundBy("cats hunt", 1), new Signals.FoundBy("mice", 1));
        assertThat(best.score()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(results.plan().modelCalls()).isEqualTo(1);
        assertThat(results.timings().steps()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Query.Mode.class)
    void mergedRanksAreThoseOfTheSubQueriesSearchedAlone(Query.Mode mode) throws Exception {
        Random random = new Random(11);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 12; word++) {
                text.append(word == 6 ? "\n" : " ").append("w").append(random.nextInt(20));
            }
            documents.add(Document.of("d" + i, text.toString()));
        }
        corpus.ingest(documents);
        List<String> asked = List.of("w1 w2", "w3 w4", "w5 w1");
        double[] weights = {1, 0.5, 2};
        QueryStep step = plan -> plan.with(SubQuery.of("w3 w4").withWeight(0.5))
                .with(SubQuery.of("w5 w1").withWeight(2));
        Map<String, Double> expected = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            int rank = 0;
            for (Hit hit :
                    corpus.search(Query.of(asked.get(i)).mode(mode).topK(200)).hits()) {
                rank++;
                expected.merge(
                        hit.documentId() + hit.span(),
                        weights[i] * 61 / (60 + rank) / 3.5,
                        Double::sum);
            }
        }
        List<Hit> hits =
                corpus.search(Query.of("w1 w2").mode(mode).step(step).topK(200)).hits();
        assertThat(hits).hasSameSizeAs(expected.keySet());
        for (Hit hit : hits) {
            assertThat(hit.score())
                    .isEqualTo(expected.get(hit.documentId() + hit.span()), within(1e-9));
        }
        assertThat(hits).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void subQuestionsTakeTurns() throws Exception {
        Query query = Query.of("cats purr")
                .mode(Query.Mode.SPARSE)
                .step(ModelStep.decomposition(prompt -> "fish swim\nbirds fly", 2));
        List<Hit> hits = corpus.search(query).hits();
        assertThat(hits.subList(0, 3))
                .extracting(Hit::text)
                .containsExactly("cats purr", "fish swim", "birds fly");
        assertThat(hits.get(1).signals().foundBy())
                .containsExactly(new Signals.FoundBy("fish swim", 1));
        assertThat(hits).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(hits).allMatch(hit -> hit.score() > 0 && hit.score() <= 1);
    }

    @Test
    void hydeSearchesWithTheMeanOfDirections() throws Exception {
        String passage = "fish breathe water";
        Query query = Query.of("cats purr").mode(Query.Mode.DENSE).topK(20);
        float[] question = vector("cats purr", Embedder.Role.QUERY);
        float[] answer = vector(passage, Embedder.Role.DOCUMENT);
        float[] mean = new float[question.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (question[i] + answer[i]) / 2;
        }
        List<Hit> hits =
                corpus.search(query.step(ModelStep.hyde(prompt -> passage, 1))).hits();
        assertThat(hits).hasSize(8);
        for (Hit hit : hits) {
            Signals.Signal dense = hit.signals().dense();
            assertThat(dense).isNotNull();
            assertThat(dense.raw())
                    .isEqualTo(
                            cosine(mean, vector(hit.content(), Embedder.Role.DOCUMENT)),
                            within(1e-5));
        }
        assertThat(hits.subList(0, 2))
                .extracting(Hit::text)
                .containsExactlyInAnyOrder("cats purr", passage);
    }

    private float[] vector(String text, Embedder.Role role) {
        return embedder.embed(List.of(text), role).getFirst().vector();
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double as = 0;
        double bs = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            as += a[i] * a[i];
            bs += b[i] * b[i];
        }
        return dot / Math.sqrt(as * bs);
    }

    @Test
    void hydeBesideTheQuestionIsASubQueryOfTheDenseHalf() throws Exception {
        Results results = corpus.search(Query.of("cats purr")
                .topK(20)
                .step(ModelStep.hydeBeside(prompt -> "fish breathe water", 1)));
        Hit fish = results.hits().stream()
                .filter(hit -> hit.text().equals("fish breathe water"))
                .findFirst()
                .orElseThrow();
        assertThat(fish.signals().foundBy()).contains(new Signals.FoundBy("fish breathe water", 1));
        assertThat(fish.signals().sparse()).isNull();
    }

    @Test
    void keywordsCountLessThanTheQuestion() throws Exception {
        Query query = Query.of("purr").mode(Query.Mode.SPARSE);
        List<Hit> hits =
                corpus.search(query.step(ModelStep.keywords(prompt -> "bark"))).hits();
        assertThat(hits).extracting(Hit::text).containsExactly("cats purr", "dogs bark");
        assertThat(hits.get(1).score()).isEqualTo(0.3, within(1e-6));
    }

    @Test
    void aSparseSearchEmbedsNothing() throws Exception {
        int before = embedder.embedded.get();
        Results results = corpus.search(Query.of("p0is0n cats")
                .mode(Query.Mode.SPARSE)
                .step(ModelStep.hyde(prompt -> "p0is0n", 1)));
        assertThat(results.hits()).isNotEmpty();
        assertThat(results.timings().embed()).isZero();
        assertThat(embedder.embedded).hasValue(before);
    }

    @Test
    void aPassageThatTheEmbedderRefusesIsLeftOutAndReported() throws Exception {
        Query query = Query.of("cats purr").topK(5);
        QueryStep poison = ModelStep.hyde(prompt -> "p0is0n", 1)
                .andThen(ModelStep.multiQuery(prompt -> "p0is0n too", 1));
        Results results = corpus.search(query.step(poison));
        assertThat(results.hits()).hasSize(5);
        assertThat(results.plan().failures())
                .containsExactly(
                        "not embedded: text with p0is0n", "not embedded: text with p0is0n");
        assertThat(results.hits().getFirst().text()).isEqualTo("cats purr");
        assertThatThrownBy(() -> corpus.search(Query.of("p0is0n").step(poison)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text with p0is0n");
    }

    @Test
    void aFailingModelCostsNoHits() throws Exception {
        ModelStep broken = ModelStep.multiQuery(
                prompt -> {
                    throw new IllegalStateException("quota");
                },
                3);
        Query query = Query.of("cats purr").topK(5);
        Results results = corpus.search(query.step(broken));
        assertThat(results.hits()).isEqualTo(corpus.search(query).hits());
        assertThat(results.plan().failures())
                .containsExactly(
                        "multi-query: the model failed: java.lang.IllegalStateException: quota");
        assertThatThrownBy(() -> corpus.search(query.step(broken.strict())))
                .isInstanceOf(QueryStepException.class);
    }

    @Test
    void aRerankerReadsTheQuestionAsItWasAsked() throws Exception {
        Query query = Query.of("cats purr")
                .mode(Query.Mode.SPARSE)
                .rerank(10)
                .blend(1)
                .step(ModelStep.multiQuery(prompt -> "fish swim", 1));
        List<Hit> hits = corpus.search(query).hits();
        assertThat(hits.getFirst().text()).isEqualTo("cats purr");
        assertThat(hits.getFirst().score()).isEqualTo(1, within(1e-6));
        assertThat(hits.getLast().score()).isZero();
    }

    @Test
    void stepsOfAQueryFollowEachOther() throws Exception {
        Results results = corpus.search(Query.of("a")
                .step(plan -> plan.with(SubQuery.of("b")))
                .step(plan -> plan.map(q -> q.withWeight(3))));
        assertThat(results.plan().subQueries())
                .containsExactly(
                        SubQuery.of("a").withWeight(3), SubQuery.of("b").withWeight(3));
    }

    @Test
    void aPlanWithNothingToSearchFindsNothing() throws Exception {
        Query query = Query.of("cats").step(plan -> plan.map(SubQuery::sparseOnly));
        assertThat(corpus.search(query.mode(Query.Mode.DENSE)).hits()).isEmpty();
        assertThat(corpus.search(query).hits())
                .isNotEmpty()
                .allMatch(hit -> hit.signals().dense() == null);
    }

    @Test
    void vectorsThatCancelEachOtherOutFallBackToTheQuestion() throws Exception {
        try (Corpus opposed =
                Corpus.inMemory(CorpusConfig.of(new OpposedEmbedder(), new LineChunker()))) {
            opposed.ingest(DOCUMENTS);
            Query query = Query.of("cats")
                    .mode(Query.Mode.DENSE)
                    .step(ModelStep.hyde(prompt -> "passage", 1));
            assertThat(opposed.search(query).hits()).hasSize(8).allMatch(hit -> hit.score() < 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-60, 1e39, Double.MAX_VALUE})
    void weightsBeyondAFloatAreScoredAllTheSame(double weight) throws Exception {
        try (Corpus corpus =
                Corpus.inMemory(CorpusConfig.of(new HashingEmbedder(), new LineChunker()))) {
            corpus.ingest(List.of(Document.of("a", "keys"), Document.of("b", "locks")));
            Query query = Query.of("keys")
                    .mode(Query.Mode.SPARSE)
                    .step(plan -> plan.map(asked -> new SubQuery(
                            "keys", List.of(), List.of(new SubQuery.Sparse("keys", weight)), 1)));
            assertThat(corpus.search(query).hits())
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.score()).isEqualTo(1));
        }
    }
}
