package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.kith.FlatSpec;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.hnsw.HnswSpec;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import dev.kith.text.Reranker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SearchTest {
    private final HashingEmbedder embedder = new HashingEmbedder();
    private final CorpusConfig config =
            CorpusConfig.of(embedder, new LineChunker()).withReranker(new OverlapReranker());

    private static List<Document> documents(int count, long seed) {
        Random random = new Random(seed);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 12; word++) {
                text.append(word == 6 ? "\n" : " ").append("w").append(random.nextInt(25));
            }
            documents.add(Document.of("d" + i, text.toString()));
        }
        return documents;
    }

    @Test
    void rerankingBlendsWhatItReadsAndKeepsTheRestBehind() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(40, 1));
            Query query = Query.of("w1 w2 w3 w4 w5").topK(50);
            List<Hit> before = corpus.search(query).hits();
            List<Hit> after = corpus.search(query.rerank(8).blend(0.6)).hits();
            assertThat(after).hasSameSizeAs(before);
            for (Hit hit : after) {
                Signals.Signal fused = hit.signals().fused();
                Signals.Signal rerank = hit.signals().rerank();
                assertThat(fused).isNotNull();
                assertThat(rerank != null).isEqualTo(fused.rank() <= 8);
                double expected = 0.4 * fused.raw() + (rerank == null ? 0 : 0.6 * rerank.raw());
                assertThat(hit.score()).isEqualTo(expected, within(1e-9));
            }
            assertThat(after.subList(8, after.size()))
                    .extracting(Hit::text)
                    .isEqualTo(before.subList(8, before.size()).stream()
                            .map(Hit::text)
                            .toList());
            assertThat(after.subList(0, 8)).isNotEqualTo(before.subList(0, 8));
        }
    }

    @Test
    void aBlendOfOneIsRelevanceAloneAndABlendOfZeroChangesNothing() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(40, 9));
            Query query = Query.of("w1 w2 w3 w4 w5").topK(50);
            List<Hit> before = corpus.search(query).hits();
            List<Hit> relevant = corpus.search(query.rerank(8).blend(1)).hits();
            assertThat(relevant.subList(0, 8)).allSatisfy(hit -> {
                Signals.Signal rerank = hit.signals().rerank();
                assertThat(rerank).isNotNull();
                assertThat(hit.score()).isEqualTo(rerank.raw());
            });
            assertThat(relevant.subList(0, 8))
                    .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
            assertThat(texts(relevant.subList(8, 50))).isEqualTo(texts(before.subList(8, 50)));
            List<Hit> unchanged = corpus.search(query.rerank(8).blend(0)).hits();
            assertThat(texts(unchanged)).isEqualTo(texts(before));
            assertThat(unchanged)
                    .extracting(Hit::score)
                    .isEqualTo(before.stream().map(Hit::score).toList());
        }
    }

    private static List<String> texts(List<Hit> hits) {
        return hits.stream().map(hit -> hit.documentId() + hit.text()).toList();
    }

    @Test
    void aRerankerWithoutAScoreForEachPassageIsNamed() throws Exception {
        for (float[] scores : new float[][] {{0.5f}, {0.5f, 1.1f}, {-0.1f, 0}, {0, Float.NaN}}) {
            Reranker broken = new Reranker() {
                @Override
                public float[] score(String query, List<String> passages) {
                    return scores;
                }

                @Override
                public String identity() {
                    return "broken one";
                }

                @Override
                public void close() {}
            };
            try (Corpus corpus = Corpus.inMemory(config.withReranker(broken))) {
                corpus.ingest(documents(2, 10));
                assertThatIllegalStateException()
                        .isThrownBy(() -> corpus.search(Query.of("w1").rerank(2)))
                        .withMessageContaining("the reranker broken one gives");
            }
        }
    }

    @Test
    void vectorResultsDoNotDependOnOrderOrSegments() throws Exception {
        List<Document> documents = documents(60, 2);
        List<Document> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(3));
        try (Corpus once = Corpus.inMemory(config);
                Corpus often = Corpus.inMemory(config)) {
            once.ingest(documents);
            for (Document document : shuffled) {
                often.ingest(List.of(document));
            }
            for (int i = 0; i < 20; i++) {
                Query query = Query.of("w" + i + " w" + (i + 1))
                        .mode(Query.Mode.DENSE)
                        .topK(200);
                assertThat(often.search(query).hits())
                        .isEqualTo(once.search(query).hits());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void denseSignalsAreTheMetricsOwnValues(Metric metric) throws Exception {
        try (Corpus corpus = Corpus.inMemory(config.withIndex(new FlatSpec(metric)))) {
            corpus.ingest(documents(10, 4));
            Query query = Query.of("w1 w2 w3").mode(Query.Mode.DENSE).topK(100);
            float[] question = embedder.embed(List.of(query.text()), Embedder.Role.QUERY)
                    .getFirst()
                    .vector();
            List<Hit> hits = corpus.search(query).hits();
            assertThat(hits).hasSize(20);
            for (Hit hit : hits) {
                float[] passage = embedder.embed(List.of(hit.content()), Embedder.Role.DOCUMENT)
                        .getFirst()
                        .vector();
                double dot = 0;
                double distance = 0;
                for (int i = 0; i < question.length; i++) {
                    dot += question[i] * passage[i];
                    distance += Math.pow(question[i] - passage[i], 2);
                }
                Signals.Signal dense = hit.signals().dense();
                assertThat(dense).isNotNull();
                assertThat(dense.raw())
                        .isEqualTo(metric == Metric.EUCLIDEAN ? -distance : dot, within(1e-5));
                assertThat(hit.score()).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void aGraphFindsWhatAnExactScanFinds() throws Exception {
        List<Document> documents = documents(2600, 5); // 5,200 chunks: more than a small segment
        List<Integer> sizes = new ArrayList<>();
        List<List<String>> found = new ArrayList<>();
        for (IndexSpec index : List.of(new FlatSpec(Metric.COSINE), HnswSpec.of(Metric.COSINE))) {
            try (Corpus corpus = Corpus.inMemory(config.withIndex(index))) {
                corpus.ingest(documents);
                sizes.add(corpus.stats().chunks());
                List<String> hits = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    Query query = Query.of("w" + i + " w3 w9").mode(Query.Mode.DENSE);
                    corpus.search(query)
                            .hits()
                            .forEach(hit -> hits.add("%.5f".formatted(hit.score())));
                }
                found.add(hits);
            }
        }
        assertThat(sizes).containsExactly(5200, 5200);
        int equal = 0;
        for (int i = 0; i < 200; i++) {
            equal += found.get(0).get(i).equals(found.get(1).get(i)) ? 1 : 0;
        }
        assertThat(equal).isGreaterThanOrEqualTo(190);
    }

    @Test
    void aQueryBringsItsOwnFusion() throws Exception {
        Fusion sparseFirst = Fusion.theoreticalMin(0);
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(30, 6));
            Query query = Query.of("w1 w2").topK(20);
            List<String> sparse = corpus.search(query.mode(Query.Mode.SPARSE)).hits().stream()
                    .map(Hit::text)
                    .toList();
            assertThat(corpus.search(query.fuse(sparseFirst)).hits().subList(0, sparse.size()))
                    .extracting(Hit::text)
                    .isEqualTo(sparse);
        }
    }

    @Test
    void depthCoversWhatIsReturnedAndReranked() {
        assertThat(Query.of("q").depth()).isGreaterThanOrEqualTo(100);
        assertThat(Query.of("q").topK(1000).depth()).isGreaterThanOrEqualTo(1000);
        assertThat(Query.of("q").candidates(5).topK(7).depth()).isEqualTo(7);
        assertThat(Query.of("q").candidates(5).topK(2).rerank(9).depth()).isEqualTo(9);
        assertThat(Query.of("q").topK(Integer.MAX_VALUE).depth()).isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").candidates(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").rerank(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").blend(1.5));
    }

    @Test
    void anUnanswerableHalfLeavesTheOther() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(30, 7));
            assertThat(corpus.search(Query.of("the")).hits())
                    .hasSize(10)
                    .allMatch(hit -> hit.signals().sparse() == null);
            assertThat(corpus.search(Query.of("the").mode(Query.Mode.SPARSE)).hits())
                    .isEmpty();
        }
    }

    @Test
    void aQuestionOfManyThousandWordsIsSearched() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append('w').append(i).append(' ');
        }
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(30, 8));
            assertThat(corpus.search(Query.of(text.toString())).hits()).hasSize(10);
        }
    }

    @Test
    void whatARerankerDoesNotReadKeepsItsOrderInGroupsToo() throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(documents(40, 9));
            Query query = Query.of("w1 w2 w3 w4 w5").topK(80).rerank(8).blend(1);
            List<String> plain = corpus.search(query).hits().stream()
                    .map(Hit::documentId)
                    .distinct()
                    .toList();
            assertThat(corpus.search(query.groupByDocument(1)).hits())
                    .extracting(Hit::documentId)
                    .isEqualTo(plain);
        }
    }
}
