package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.text.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents first, then chunks inside them; and hits by document. */
final class DocumentChoiceTest {
    private static final CorpusConfig CONFIG =
            CorpusConfig.of(new HashingEmbedder(), new LineChunker());

    private static List<Document> documents() {
        Random random = new Random(41);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = 1 + random.nextInt(6); line > 0; line--) {
                for (int word = 0; word < 6; word++) {
                    text.append("w").append(random.nextInt(25)).append(' ');
                }
                text.append('\n');
            }
            documents.add(Document.of("d" + i, text.toString()));
        }
        return documents;
    }

    @ParameterizedTest
    @CsvSource({"SPARSE,1", "SPARSE,2", "SPARSE,1000", "DENSE,1", "DENSE,3", "HYBRID,1", "HYBRID,2"
    })
    void choosesTheDocumentsWhoseBestChunksSumUpHighest(Query.Mode mode, int top) throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG)) {
            corpus.ingest(documents());
            Query query = Query.of("w1 w2 w3 w4").mode(mode).topK(500);
            Map<String, List<Double>> scores = new LinkedHashMap<>();
            List<Hit> all = corpus.search(query).hits();
            double least = top == 1 ? 0 : all.getLast().score();
            for (Hit hit : all) {
                scores.computeIfAbsent(hit.documentId(), id -> new ArrayList<>())
                        .add(hit.score() - least);
            }
            Map<String, Double> sums = new HashMap<>();
            scores.forEach((id, ofOne) -> sums.put(
                    id,
                    ofOne.stream().limit(top).mapToDouble(Double::doubleValue).sum()));
            List<String> best = sums.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(5)
                    .map(Map.Entry::getKey)
                    .toList();
            List<Hit> hits = corpus.search(query.inBestDocuments(5, top)).hits();
            assertThat(hits.stream().map(Hit::documentId).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(best);
            for (Hit hit : hits) {
                assertThat(hit.signals().document())
                        .isEqualTo(new Signals.Signal(
                                sums.getOrDefault(hit.documentId(), -1.0),
                                best.indexOf(hit.documentId()) + 1));
            }
            if (mode == Query.Mode.DENSE) { // finds every chunk of the chosen documents
                assertThat(hits)
                        .hasSize(best.stream()
                                .mapToInt(
                                        id -> scores.getOrDefault(id, List.of()).size())
                                .sum());
            }
        }
    }

    @Test
    void findsChunksThatTheFirstSearchDidNotReach() throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG)) {
            corpus.ingest(documents());
            Query query = Query.of("w1 w2").mode(Query.Mode.DENSE).topK(5).candidates(5);
            Results chosen = corpus.search(query.inBestDocuments(1));
            String best = corpus.search(query).hits().getFirst().documentId();
            assertThat(chosen.hits())
                    .isNotEmpty()
                    .allMatch(hit -> hit.documentId().equals(best));
            assertThat(chosen.hits().size())
                    .isGreaterThan((int) corpus.search(query).hits().stream()
                            .filter(hit -> hit.documentId().equals(best))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource(Query.Mode.class)
    void groupsTheBestHitsOfTheBestDocuments(Query.Mode mode) throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG)) {
            corpus.ingest(documents());
            Query query = Query.of("w1 w2 w3").mode(mode);
            Map<String, List<Hit>> byDocument = new LinkedHashMap<>();
            for (Hit hit : corpus.search(query.topK(500)).hits()) {
                byDocument
                        .computeIfAbsent(hit.documentId(), id -> new ArrayList<>())
                        .add(hit);
            }
            List<String> expected = byDocument.values().stream()
                    .limit(4)
                    .flatMap(hits -> hits.stream().limit(2))
                    .map(hit -> hit.documentId() + hit.span())
                    .toList();
            List<Hit> grouped = corpus.search(query.topK(4).candidates(500).groupByDocument(2))
                    .hits();
            assertThat(grouped)
                    .extracting(hit -> hit.documentId() + hit.span())
                    .isEqualTo(expected);
            assertThat(grouped.getFirst().signals().document())
                    .isEqualTo(new Signals.Signal(grouped.getFirst().score(), 1));
        }
    }

    @Test
    void groupsAreWidenedOneByOne() throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG)) {
            corpus.ingest(List.of(
                    Document.of("a", "cats\ncats cats\ndogs"),
                    Document.of("b", "cats\nbirds"),
                    Document.of("c", "cats")));
            List<Hit> hits = corpus.search(Query.of("cats")
                            .mode(Query.Mode.SPARSE)
                            .topK(2)
                            .groupByDocument(2)
                            .wholeDocument(1000))
                    .hits();
            assertThat(hits).hasSize(2);
            assertThat(hits.getFirst().text()).isEqualTo("cats\ncats cats\ndogs");
            assertThat(hits.getFirst().found()).hasSize(2);
        }
    }

    @Test
    void filtersHoldInBothSearches() throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG.withChunker(new LineChunker(true)))) {
            corpus.ingest(documents());
            List<Hit> hits = corpus.search(
                            Query.of("w1 w2").topK(100).where("line == 1").inBestDocuments(5))
                    .hits();
            assertThat(hits)
                    .hasSize(5)
                    .allMatch(hit -> Long.valueOf(1).equals(hit.metadata().get("line")));
        }
    }

    @Test
    void anEmptyCorpusHasNoDocumentsToChoose() throws Exception {
        try (Corpus corpus = Corpus.inMemory(CONFIG)) {
            assertThat(corpus.search(Query.of("cats").inBestDocuments(3)).hits())
                    .isEmpty();
            assertThat(corpus.search(Query.of("cats").groupByDocument(3)).hits())
                    .isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> corpus.search(Query.of("cats").inBestSummaries(3)))
                    .withMessageContaining("the corpus has none");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").inBestDocuments(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").inBestDocuments(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").inBestSummaries(0));
    }
}
