package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.retrieval.WhyNot.Reason;
import dev.kith.retrieval.filter.Filter;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WhyNotTest {
    private Corpus corpus;

    private static Document document(String id, String text, long year, String product) {
        return new Document(
                id,
                text,
                Format.PLAIN,
                Metadata.empty().with("year", year).with("product", product));
    }

    @BeforeEach
    void corpus() throws Exception {
        corpus = Corpus.inMemory(CorpusConfig.of(new HashingEmbedder(), new LineChunker())
                .withIndex(new FlatSpec(Metric.COSINE))
                .withReranker(new OverlapReranker()));
        corpus.ingest(List.of(
                document("best", "rotate keys every month\nother line", 2024, "vault"),
                document("good", "rotate keys, locks, hinges, doors", 2023, "vault"),
                document("far", "bread needs flour", 2024, "oven"),
                document("blank", "   ", 2024, "vault")));
    }

    @AfterEach
    void close() throws Exception {
        corpus.close();
    }

    @Test
    void aHitIsAHit() throws Exception {
        WhyNot answer = corpus.whyNot(Query.of("rotate keys"), "best");
        assertThat(answer.reason()).isEqualTo(Reason.IS_A_HIT);
        assertThat(answer.rank()).isEqualTo(1);
        assertThat(answer.before()).isEqualTo(1);
        assertThat(answer.dense()).isNotNull();
        assertThat(answer.dense().rank()).isEqualTo(1);
        assertThat(answer.dense().ordinal()).isZero();
        assertThat(answer.sparse()).isNotNull();
        assertThat(answer.sparse().rank()).isEqualTo(1);
        assertThat(answer.sparse().raw())
                .isEqualTo(corpus.search(Query.of("rotate keys"))
                        .hits()
                        .getFirst()
                        .signals()
                        .sparse()
                        .raw());
    }

    @Test
    void whatIsNotThereCannotBeFound() throws Exception {
        WhyNot answer = corpus.whyNot(Query.of("rotate keys"), "missing");
        assertThat(answer.reason()).isEqualTo(Reason.NOT_IN_CORPUS);
        assertThat(answer.sentence()).isEqualTo("the corpus has no document missing");
        assertThat(corpus.whyNot(Query.of("rotate keys"), "blank").reason())
                .isEqualTo(Reason.NO_PASSAGES);
        corpus.delete("best");
        assertThat(corpus.whyNot(Query.of("rotate keys"), "best").reason())
                .as("before the commit")
                .isEqualTo(Reason.IS_A_HIT);
        corpus.commit();
        assertThat(corpus.whyNot(Query.of("rotate keys"), "best").reason())
                .isEqualTo(Reason.NOT_IN_CORPUS);
    }

    @Test
    void namesTheConditionsThatFail() throws Exception {
        Query query = Query.of("rotate keys")
                .where("year >= 2024 && (product == 'oven' || product == 'lock')")
                .where("product != 'vault'");
        WhyNot answer = corpus.whyNot(query, "good");
        assertThat(answer.reason()).isEqualTo(Reason.FILTERED);
        assertThat(answer.failed())
                .containsExactly(
                        Filter.parse("year >= 2024"),
                        Filter.parse("product == 'oven' || product == 'lock'"),
                        Filter.parse("product != 'vault'"));
        assertThat(answer.sentence()).contains("year >= 2024").contains("product != 'vault'");
        assertThat(corpus.whyNot(query, "best").failed())
                .doesNotContain(Filter.parse("year >= 2024"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> corpus.whyNot(Query.of("q").where("colour == 'red'"), "best"))
                .withMessageContaining("unknown field: colour");
    }

    @Test
    void withoutACommonTermWordsFindNothing() throws Exception {
        Query query = Query.of("rotate keys");
        WhyNot answer = corpus.whyNot(query.mode(Query.Mode.SPARSE), "far");
        assertThat(answer.reason()).isEqualTo(Reason.NO_TERM_IN_COMMON);
        assertThat(answer.dense()).isNull();
        assertThat(answer.sparse()).isNull();
        answer = corpus.whyNot(query.topK(1), "far");
        assertThat(answer.reason()).isEqualTo(Reason.BEHIND_K);
        assertThat(answer.sentence()).contains("no term in common");
    }

    @Test
    void tellsTheRankBehindTheHits() throws Exception {
        WhyNot answer = corpus.whyNot(Query.of("rotate keys").topK(1), "good");
        assertThat(answer.reason()).isEqualTo(Reason.BEHIND_K);
        assertThat(answer.rank()).as(answer.sentence()).isEqualTo(2);
        assertThat(answer.sentence())
                .startsWith("good is at rank 2, behind the 1 hits; dense 0.")
                .contains(" at rank 2; BM25 ");
    }

    @Test
    void ranksBeyondTheCandidatesAreExact() throws Exception {
        Random random = new Random(5);
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(
                    Document.of("m" + i, "keys w" + random.nextInt(9) + " w" + random.nextInt(99)));
        }
        corpus.ingest(many);
        Query query = Query.of("keys w1 w2").candidates(3).topK(3);
        List<Hit> all = corpus.search(
                        Query.of("keys w1 w2").mode(Query.Mode.DENSE).topK(400))
                .hits();
        for (Hit hit : List.of(all.get(150), all.getLast())) {
            WhyNot answer = corpus.whyNot(query, hit.documentId());
            assertThat(answer.reason()).isEqualTo(Reason.NOT_A_CANDIDATE);
            assertThat(answer.rank()).isZero();
            assertThat(answer.dense()).isNotNull();
            assertThat(answer.dense().candidate()).isFalse();
            assertThat(answer.dense().raw()).isEqualTo(hit.signals().dense().raw(), within(1e-6));
            // Equal cosines of different vectors may differ in the last bit.
            assertThat(answer.dense().rank() - 1)
                    .isBetween(better(all, hit.score() + 1e-6), better(all, hit.score() - 1e-6));
        }
    }

    private static int better(List<Hit> hits, double score) {
        return (int) hits.stream().filter(hit -> hit.score() > score).count();
    }

    @Test
    void noticesWhatRerankingPushedOut() throws Exception {
        String filler = " and something else besides".repeat(9);
        corpus.ingest(List.of(Document.of("all", "keys rotate every locks" + filler)));
        Query query = Query.of("keys rotate every locks").topK(2);
        List<Hit> before = corpus.search(query).hits();
        List<Hit> after = corpus.search(query.rerank(6).blend(1)).hits();
        String pushedOut = before.stream()
                .map(Hit::documentId)
                .filter(id -> after.stream().noneMatch(hit -> hit.documentId().equals(id)))
                .findFirst()
                .orElseThrow();
        WhyNot answer = corpus.whyNot(query.rerank(6).blend(1), pushedOut);
        assertThat(answer.reason()).isEqualTo(Reason.RERANKED);
        assertThat(answer.before()).isLessThanOrEqualTo(2);
        assertThat(answer.rank()).isGreaterThan(2);
    }

    @Test
    void noticesWhatWasTooMuchLikeAnother() throws Exception {
        corpus.ingest(List.of(
                document("same", "rotate keys every month", 2024, "vault"),
                document("near", "rotate keys every month now", 2024, "vault")));
        Query query = Query.of("rotate keys every month").topK(2);
        assertThat(corpus.search(query).hits())
                .extracting(Hit::documentId)
                .containsExactly("best", "same");
        for (Query diverse : List.of(query.mmr(0.2), query.rerank(3).blend(0.1).mmr(0.2))) {
            WhyNot answer = corpus.whyNot(diverse, "same");
            assertThat(answer.reason()).isEqualTo(Reason.TOO_SIMILAR);
            assertThat(answer.before()).isEqualTo(2);
            assertThat(answer.rank()).isGreaterThan(2);
            assertThat(answer.sentence())
                    .startsWith("same fell from rank 2 to rank " + answer.rank()
                            + " because it is like hits before it, behind the 2 hits");
        }
    }

    @Test
    void aHitThatRoseWherePassagesBecameOneIsAHit() throws Exception {
        Query query = Query.of("rotate keys other line").topK(3).neighbours(1);
        List<Hit> hits = corpus.search(query).hits();
        for (int i = 0; i < hits.size(); i++) {
            WhyNot answer = corpus.whyNot(query, hits.get(i).documentId());
            assertThat(answer.reason()).as(hits.get(i).documentId()).isEqualTo(Reason.IS_A_HIT);
            assertThat(answer.rank()).isEqualTo(i + 1);
        }
        assertThat(hits).extracting(Hit::documentId).contains("far");
    }
}
