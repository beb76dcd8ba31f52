package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.passages.Widening;
import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.SubQuery;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a query asks for together, hits, explanations and diagnoses agree. */
final class CombinationsTest {
    private static final int DOCUMENTS = 25;
    private static final int ROUNDS = 40;

    private static Document document(int id, Random random) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(8); line > 0; line--) {
            for (int word = 1 + random.nextInt(5); word > 0; word--) {
                text.append("w").append(random.nextInt(9)).append(' ');
            }
            text.append("\n".repeat(1 + random.nextInt(2)));
        }
        return new Document(
                "d" + id,
                text.toString(),
                random.nextBoolean() ? Format.PLAIN : Format.HTML,
                Metadata.empty()
                        .with("year", 2020 + random.nextInt(4))
                        .with("title", "w" + random.nextInt(9)));
    }

    private static Query query(Random random) {
        Query query = Query.of("w" + random.nextInt(9) + " w" + random.nextInt(9) + " none")
                .mode(Query.Mode.values()[random.nextInt(3)])
                .topK(random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(8))
                .candidates(random.nextInt(3) == 0 ? 1 + random.nextInt(10) : 0);
        query = switch (random.nextInt(5)) {
            case 0 -> query.fuse(Fusion.rrf(60));
            case 1 -> query.fuse(Fusion.distributionBased(0.4));
            case 2 -> query.fuse(Fusion.theoreticalMin(0));
            default -> query;
        };
        query = switch (random.nextInt(5)) {
            case 0 -> query.widen(new Widening.Parent(1 + random.nextInt(60)));
            case 1 -> query.widen(new Widening.Neighbours(random.nextInt(3), 60));
            case 2 -> query.wholeDocument(1 + random.nextInt(120));
            default -> query;
        };
        query = random.nextInt(3) == 0 ? query.groupByDocument(1 + random.nextInt(3)) : query;
        query = random.nextInt(3) == 0 ? query.mmr(random.nextInt(5) / 5.0) : query;
        query = random.nextInt(3) == 0
                ? query.rerank(1 + random.nextInt(12)).blend(random.nextInt(5) / 4.0)
                : query;
        query = random.nextInt(3) == 0
                ? query.feedback(new Feedback(1 + random.nextInt(4), 5, random.nextInt(3) / 2.0))
                : query;
        query = random.nextInt(3) == 0 ? query.where("year >= 2022") : query;
        query = switch (random.nextInt(8)) {
            case 0 -> query.inBestDocuments(1 + random.nextInt(5), 1 + random.nextInt(3));
            case 1 -> query.inBestSummaries(1 + random.nextInt(5));
            default -> query;
        };
        String more = "w" + random.nextInt(9);
        return switch (random.nextInt(8)) {
            case 0 -> query.step(plan -> plan.with(SubQuery.of(more)));
            case 1 ->
                query.step(
                        plan -> plan.with(SubQuery.passage(more)).merged(Plan.Merge.INTERLEAVED));
            default -> query;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72})
    void hitsExplanationsAndDiagnosesAgree(long seed) throws Exception {
        Random random = new Random(seed);
        CorpusConfig config = CorpusConfig.of(
                        new HashingEmbedder(), new ParagraphLines(random.nextInt(4)))
                .withReranker(new OverlapReranker())
                .withSummaries(Summaries.fromField("title"));
        try (Corpus corpus = Corpus.inMemory(config)) {
            for (int commit = 0; commit < 4; commit++) {
                List<Document> documents = new ArrayList<>();
                for (int i = 0; i < DOCUMENTS / 2; i++) {
                    documents.add(document(random.nextInt(DOCUMENTS), random));
                }
                corpus.ingest(documents);
                corpus.delete("d" + random.nextInt(DOCUMENTS));
                corpus.commit();
            }
            for (int round = 0; round < ROUNDS; round++) {
                Query query = query(random);
                check(corpus, query, "seed " + seed + ", round " + round + ", " + query);
            }
        }
    }

    private static void check(Corpus corpus, Query query, String as) throws Exception {
        List<Hit> hits = corpus.search(query).hits();
        for (Hit hit : hits) {
            check(corpus, query, hit, as);
        }
        if (query.step() != null || query.documents() != null) {
            assertThat(corpus.search(query).hits()).as(as).isEqualTo(hits);
            assertThatIllegalArgumentException().isThrownBy(() -> corpus.explain(query));
            return;
        }
        Explained explained = corpus.explain(query);
        assertThat(explained.results().hits()).as(as).isEqualTo(hits);
        List<String> documents = hits.stream().map(Hit::documentId).distinct().toList();
        assertThat(query.perDocument() > 0 ? documents.size() : hits.size())
                .as(as)
                .isLessThanOrEqualTo(query.topK());
        for (int i = 0; i < hits.size(); i++) {
            check(explained.hits().get(i), as);
            assertThat(explained.hits().get(i).hit()).as(as).isEqualTo(hits.get(i));
        }
        for (int id = hits.size() % 5; id < DOCUMENTS; id += 5) {
            WhyNot answer = corpus.whyNot(query, "d" + id);
            boolean hit = documents.contains("d" + id);
            assertThat(answer.reason() == WhyNot.Reason.IS_A_HIT)
                    .as(as + answer)
                    .isEqualTo(hit);
            if (hit && query.perDocument() > 0) {
                assertThat(answer.rank())
                        .as(as + answer)
                        .isEqualTo(documents.indexOf("d" + id) + 1);
            } else if (hit) {
                assertThat(hits.get(answer.rank() - 1).documentId())
                        .as(as + answer)
                        .isEqualTo("d" + id);
            }
        }
    }

    private static void check(Corpus corpus, Query query, Hit hit, String as) throws Exception {
        Document document = corpus.document(hit.documentId());
        assertThat(document).as(as).isNotNull();
        assertThat(hit.text()).as(as).isEqualTo(hit.span().of(document.text()));
        for (Span found : hit.found()) {
            assertThat(found.start()).as(as).isGreaterThanOrEqualTo(hit.span().start());
            assertThat(found.end()).as(as).isLessThanOrEqualTo(hit.span().end());
        }
        if (query.filter() != null) {
            assertThat((Long) hit.metadata().get("year")).as(as).isGreaterThanOrEqualTo(2022);
        }
        assertThat(hit.score()).as(as).isBetween(0.0, 1.0 + 1e-9);
    }

    private static void check(Explanation explanation, String as) {
        Explanation.Rerank rerank = explanation.rerank();
        double score = rerank == null
                ? explanation.before()
                : rerank.blend() * rerank.relevance() + (1 - rerank.blend()) * explanation.before();
        assertThat(score).as(as).isEqualTo(explanation.hit().score(), within(1e-6));
        Explanation.Half sparse = explanation.sparse();
        if (sparse != null) {
            assertThat(explanation.terms().stream()
                            .mapToDouble(Explanation.Term::score)
                            .sum())
                    .as(as)
                    .isEqualTo(sparse.raw(), within(1e-4));
        }
    }
}
