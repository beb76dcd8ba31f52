package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiversityTest {
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config =
            CorpusConfig.of(embedder, new LineChunker()).withReranker(new OverlapReranker());

    private static List<Document> documents(int count) {
        Random random = new Random(count);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 6; word++) {
                text.append(" w").append(random.nextInt(12));
            }
            documents.add(Document.of("d" + i, text.toString()));
        }
        return documents;
    }

    @Test
    void aRepeatedPassageGivesWayToAnother() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    Document.of("a", "keys rotate monthly"),
                    Document.of("b", "keys rotate monthly"),
                    Document.of("c", "keys rotate monthly!"),
                    Document.of("d", "leaked keys are revoked")));
            Query query = Query.of("keys rotate monthly").topK(2);
            assertThat(ids(corpus.search(query))).containsExactly("a", "b");
            assertThat(ids(corpus.search(query.mmr(0.3)))).containsExactly("a", "d");
        }
    }

    private static List<String> ids(Results results) {
        return results.hits().stream().map(Hit::documentId).toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.7, 0.95, 1})
    void eachNextHitIsTheMostRelevantAgainstBeingLikeThoseBefore(double lambda) throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(60));
            for (Query query : List.of(
                    Query.of("w1 w2 w3"),
                    Query.of("w4 w5").mode(Query.Mode.DENSE),
                    Query.of("w4 w5").rerank(20))) {
                // Twelve hits are chosen from the best fifty.
                List<Hit> pool = corpus.search(query.topK(50)).hits();
                List<Hit> chosen = corpus.search(query.topK(12).mmr(lambda)).hits();
                assertThat(chosen).isEqualTo(chosen(pool, 12, lambda));
            }
        }
    }

    private List<Hit> chosen(List<Hit> pool, int k, double lambda) throws InterruptedException {
        List<Hit> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(k, pool.size())) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < pool.size(); i++) {
                Hit hit = pool.get(i);
                double like = chosen.isEmpty() ? 0 : -1;
                for (Hit before : chosen) {
                    like = Math.max(like, cosine(hit.content(), before.content()));
                }
                double weight = chosen.isEmpty() ? 1 : lambda;
                double value = weight * hit.score() - (1 - weight) * like;
                if (!chosen.contains(hit) && value > most) {
                    best = i;
                    most = value;
                }
            }
            chosen.add(pool.get(best));
        }
        return chosen;
    }

    private double cosine(String a, String b) throws InterruptedException {
        float[] first =
                embedder.embed(List.of(a), Embedder.Role.DOCUMENT).getFirst().vector();
        float[] second =
                embedder.embed(List.of(b), Embedder.Role.DOCUMENT).getFirst().vector();
        double dot = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < first.length; i++) {
            dot += (double) first[i] * second[i];
            squares += (double) first[i] * first[i];
            otherSquares += (double) second[i] * second[i];
        }
        return dot / (Math.sqrt(squares) * Math.sqrt(otherSquares));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void worksUnderEveryMetricWhateverTheSegmentsAndTheNumberOfHits(Metric metric)
            throws Exception {
        CorpusConfig config = this.config.withIndex(new FlatSpec(metric));
        List<Document> documents = documents(25);
        try (Corpus once = Corpus.inMemory(config);
                Corpus often = Corpus.inMemory(config)) {
            once.ingest(documents);
            for (Document document : documents) {
                often.ingest(List.of(document));
            }
            for (int k : new int[] {1, 7, 1000, Integer.MAX_VALUE}) {
                Query query = Query.of("w1 w7").mode(Query.Mode.DENSE).topK(k).mmr(0.6);
                List<Hit> hits = once.search(query).hits();
                assertThat(hits).hasSize(Math.min(k, 25)).doesNotHaveDuplicates();
                assertThat(often.search(query).hits()).isEqualTo(hits);
            }
        }
    }

    @Test
    void nothingFoundStaysNothing() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            assertThat(corpus.search(Query.of("w1").mmr(0)).hits()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aWeightOutOfRangeIsRefused(double lambda) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of("q").mmr(lambda))
                .withMessage("mmr must be in [0, 1]: " + lambda);
    }

    @Test
    void documentsAreUnlikeEachOtherToo() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    Document.of("a", "keys rotate monthly"),
                    Document.of("b", "keys rotate monthly"),
                    Document.of("c", "keys rotate monthly!"),
                    Document.of("d", "leaked keys are revoked")));
            Query query =
                    Query.of("keys rotate monthly").topK(2).groupByDocument(2).mmr(0.3);
            assertThat(ids(corpus.search(query))).containsExactly("a", "d");
        }
    }

    @Test
    void anInterruptEndsTheChoice() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(20));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() ->
                            corpus.search(Query.of("w1").mode(Query.Mode.SPARSE).mmr(0.5)));
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
