package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.fusion.Fusion;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of an explanation add up to the score. */
final class ExplainTest {
    private final CorpusConfig config = CorpusConfig.of(new HashingEmbedder(), new LineChunker())
            .withBm25(new Bm25(0.9f, 0.4f, 0.7f, 0.3f))
            .withReranker(new OverlapReranker());

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append("w").append(random.nextInt(30));
        }
        return text.toString();
    }

    /** Some with a title, some with headings, of many lengths. */
    private static List<Document> documents(Random random, int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String heading = random.nextBoolean() ? "# " + words(random, 3) + "\n" : "";
            String text = heading + words(random, 1 + random.nextInt(90)) + "\n" + words(random, 4);
            Metadata metadata = random.nextBoolean()
                    ? Metadata.empty().with("title", words(random, 2))
                    : Metadata.empty();
            documents.add(new Document("d" + i, text, Format.PLAIN, metadata));
        }
        return documents;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theNumbersAddUp(long seed) throws Exception {
        Random random = new Random(seed);
        try (Corpus corpus = Corpus.inMemory(config)) {
            for (int segment = 0; segment < 3; segment++) {
                corpus.ingest(documents(random, 60 - segment * 20)); // replaces some
            }
            for (Query.Mode mode : Query.Mode.values()) {
                for (Fusion fusion : List.of(
                        Fusion.minMax(0.6),
                        Fusion.theoreticalMin(0.8),
                        Fusion.rrf(60, 0.3),
                        Fusion.distributionBased(0.5))) {
                    Query query = Query.of("w1 w2 w2 w3")
                            .mode(mode)
                            .fuse(fusion)
                            .topK(25)
                            .feedback(random.nextBoolean() ? new Feedback(5, 6, 0.4) : null)
                            .rerank(random.nextBoolean() ? 12 : 0);
                    Explained answer = corpus.explain(query);
                    assertThat(answer.results().hits())
                            .as("seed " + seed)
                            .hasSize(25)
                            .isEqualTo(corpus.search(query).hits());
                    assertThat(answer.hits()).hasSameSizeAs(answer.results().hits());
                    for (int i = 0; i < 25; i++) {
                        Explanation explanation = answer.hits().get(i);
                        assertThat(explanation.hit())
                                .isEqualTo(answer.results().hits().get(i));
                        check(explanation, query, "seed " + seed + ", " + query);
                    }
                }
            }
        }
    }

    private void check(Explanation explanation, Query query, String as) {
        Signals signals = explanation.hit().signals();
        checkHalf(explanation.dense(), signals.dense(), as);
        checkHalf(explanation.sparse(), signals.sparse(), as);
        double sum = 0;
        for (Explanation.Half half :
                new Explanation.@Nullable Half[] {explanation.dense(), explanation.sparse()}) {
            if (half != null) {
                assertThat(half.contribution())
                        .as(as)
                        .isEqualTo(half.weight() * half.normalized(), within(1e-12));
                sum += half.contribution();
            }
        }
        assertThat(explanation.before()).as(as).isEqualTo(sum, within(1e-12));
        if (query.mode() == Query.Mode.HYBRID) {
            assertThat(signals.fused()).isNotNull();
            assertThat(sum).as(as).isEqualTo(signals.fused().raw(), within(1e-9));
        }
        Explanation.Rerank rerank = explanation.rerank();
        assertThat(rerank == null).isEqualTo(query.rerank() == 0);
        double score = rerank == null
                ? sum
                : rerank.blend() * rerank.relevance() + (1 - rerank.blend()) * sum;
        assertThat(explanation.hit().score()).as(as).isEqualTo(score, within(1e-9));
        checkTerms(explanation, as);
    }

    private static void checkHalf(
            Explanation.@Nullable Half half, Signals.@Nullable Signal signal, String as) {
        assertThat(half == null).as(as).isEqualTo(signal == null);
        if (half != null && signal != null) {
            assertThat(half.raw()).as(as).isEqualTo(signal.raw());
            assertThat(half.rank()).as(as).isEqualTo(signal.rank());
        }
    }

    private void checkTerms(Explanation explanation, String as) {
        double bm25 = 0;
        for (Explanation.Term term : explanation.terms()) {
            double score = 0;
            for (Explanation.Field field : term.fields()) {
                double k1 = config.bm25().k1();
                double b = config.bm25().b();
                double norm = 1 - b + b * field.length() / field.averageLength();
                double tf = field.frequency() / (field.frequency() + k1 * norm);
                assertThat(field.tf()).as(as).isEqualTo(tf, within(1e-6));
                assertThat(field.score())
                        .as(as)
                        .isEqualTo(term.weight() * field.weight() * field.idf() * tf, within(1e-5));
                score += field.score();
            }
            assertThat(term.score()).as(as).isEqualTo(score, within(1e-12));
            bm25 += score;
        }
        if (explanation.sparse() != null) {
            // Lucene adds up floats.
            assertThat(bm25).as(as).isEqualTo(explanation.sparse().raw(), within(1e-4));
        } else {
            assertThat(explanation.terms()).isEmpty();
        }
    }

    @Test
    void namesTheFieldsThatHaveATerm() throws Exception {
        Metadata title = Metadata.empty().with("title", "Keys");
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(
                    new Document("a", "# Rotation\nevery month", Format.PLAIN, title),
                    Document.of("b", "unrelated words")));
            Explanation best = corpus.explain(
                            Query.of("key rotation month").mode(Query.Mode.SPARSE))
                    .hits()
                    .getFirst();
            assertThat(best.terms())
                    .extracting(Explanation.Term::term)
                    .containsExactlyInAnyOrder("kei", "rotat", "month");
            for (Explanation.Term term : best.terms()) {
                assertThat(term.fields())
                        .extracting(Explanation.Field::name)
                        .containsExactlyElementsOf(
                                switch (term.term()) {
                                    case "kei" -> List.of("text", "title");
                                    case "rotat" -> List.of("text", "headings");
                                    default -> List.of("text");
                                });
            }
            assertThat(best.before()).isEqualTo(1.0);
        }
    }
}
