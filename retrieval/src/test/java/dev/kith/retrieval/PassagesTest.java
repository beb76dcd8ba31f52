package dev.kith.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.retrieval.passages.Widening;
import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hits that reach further than the chunk that was found. */
final class PassagesTest {
    private static final String TEXT =
            "alpha one\nbeta two\ngamma three\n\ndelta four\nepsilon five\nzeta six\n\n\neta seven";
    private static final CorpusConfig CONFIG =
            CorpusConfig.of(new HashingEmbedder(), new ParagraphLines(0));

    private static List<Hit> search(Query query, Document... documents) throws Exception {
        return search(CONFIG, query, documents);
    }

    private static List<Hit> search(CorpusConfig config, Query query, Document... documents)
            throws Exception {
        try (Corpus corpus = Corpus.inMemory(config)) {
            corpus.ingest(List.of(documents));
            return corpus.search(query).hits();
        }
    }

    private static Query sparse(String text) {
        return Query.of(text).mode(Query.Mode.SPARSE);
    }

    @Test
    void withoutWideningAHitIsItsChunk() throws Exception {
        Hit hit = search(sparse("beta"), Document.of("d", TEXT)).getFirst();
        assertThat(hit.text()).isEqualTo("beta two");
        assertThat(hit.found()).containsExactly(hit.span());
    }

    @Test
    void aHitGrowsToItsParentAndKeepsWhereItWasFound() throws Exception {
        Hit hit = search(sparse("beta").parent(), Document.of("d", TEXT)).getFirst();
        assertThat(hit.text()).isEqualTo("alpha one\nbeta two\ngamma three");
        assertThat(hit.content()).isEqualTo(hit.text());
        assertThat(hit.found()).extracting(span -> span.of(TEXT)).containsExactly("beta two");
        assertThat(hit.ordinal()).isEqualTo(1);
        Citation citation = hit.citation("[1]");
        assertThat(TEXT.substring(citation.start(), citation.end()))
                .isEqualTo(citation.quote())
                .isEqualTo(hit.text());
    }

    @Test
    void hitsOfOneParentBecomeOneAndTheNextComeUp() throws Exception {
        List<Hit> hits = search(
                sparse("gamma alpha alpha delta eta").parent().topK(3), Document.of("d", TEXT));
        assertThat(hits).hasSize(3);
        Hit best = hits.getFirst();
        assertThat(best.found())
                .extracting(span -> span.of(TEXT))
                .containsExactly("alpha one", "gamma three");
        assertThat(best.ordinal()).isZero();
        assertThat(best.score()).isEqualTo(1);
        assertThat(hits)
                .extracting(Hit::text)
                .containsExactlyInAnyOrder(
                        "alpha one\nbeta two\ngamma three",
                        "delta four\nepsilon five\nzeta six",
                        "eta seven");
    }

    @Test
    void aParentThatIsTooLongIsCutAtChunksAroundTheHit() throws Exception {
        Query query = sparse("epsilon").widen(new Widening.Parent(23));
        assertThat(search(query, Document.of("d", TEXT)).getFirst().text())
                .isEqualTo("epsilon five\nzeta six");
        Query tiny = sparse("epsilon").widen(new Widening.Parent(3));
        assertThat(search(tiny, Document.of("d", TEXT)).getFirst().text())
                .isEqualTo("epsilon five");
    }

    @Test
    void neighboursGoOverTheBordersOfParentsAndStopAtTheEnds() throws Exception {
        Query query = sparse("delta");
        Document document = Document.of("d", TEXT);
        assertThat(search(query.neighbours(1), document).getFirst().text())
                .isEqualTo("gamma three\n\ndelta four\nepsilon five");
        assertThat(search(query.neighbours(0), document).getFirst().text()).isEqualTo("delta four");
        assertThat(search(query.neighbours(Integer.MAX_VALUE), document)
                        .getFirst()
                        .text())
                .isEqualTo(TEXT);
    }

    @Test
    void neighboursThatMeetBecomeOne() throws Exception {
        List<Hit> hits = search(sparse("alpha alpha delta").neighbours(1), Document.of("d", TEXT));
        assertThat(hits).hasSize(1);
        assertThat(hits.getFirst().text()).isEqualTo(TEXT.substring(0, TEXT.indexOf("\nzeta")));
        assertThat(hits.getFirst().found())
                .extracting(span -> span.of(TEXT))
                .containsExactly("alpha one", "delta four");
        List<Hit> apart = search(sparse("alpha alpha zeta").neighbours(1), Document.of("d", TEXT));
        assertThat(apart)
                .extracting(Hit::text)
                .containsExactly("alpha one\nbeta two", "epsilon five\nzeta six\n\n\neta seven");
    }

    @Test
    void whatLiesBetweenTwoPassagesJoinsThem() throws Exception {
        List<Hit> hits = search(
                sparse("alpha alpha alpha epsilon epsilon gamma").neighbours(1),
                Document.of("d", TEXT));
        assertThat(hits).hasSize(1);
        assertThat(hits.getFirst().found()).hasSize(3);
        assertThat(hits.getFirst().text()).isEqualTo(TEXT.substring(0, TEXT.indexOf("\n\n\n")));
    }

    @Test
    void passagesThatMayNotGrowShareWithoutRepeating() throws Exception {
        Query query = sparse("alpha alpha gamma").widen(new Widening.Neighbours(1, 25));
        List<Hit> hits = search(query, Document.of("d", TEXT));
        assertThat(hits)
                .extracting(Hit::text)
                .containsExactly("alpha one\nbeta two", "gamma three\n\ndelta four");
    }

    @Test
    void wholeDocumentsComeOnceUnlessTheyAreTooLong() throws Exception {
        Document[] documents = {Document.of("a", TEXT), Document.of("b", "alpha\n\nbeta")};
        List<Hit> whole = search(sparse("alpha beta").wholeDocument(1000), documents);
        assertThat(whole).extracting(Hit::text).containsExactlyInAnyOrder(TEXT, "alpha\n\nbeta");
        List<Hit> cut = search(sparse("alpha zeta").wholeDocument(22), documents);
        assertThat(cut)
                .extracting(Hit::text)
                .containsExactlyInAnyOrder(
                        "alpha\n\nbeta", "alpha one\nbeta two", "zeta six\n\n\neta seven");
    }

    @Test
    void ofHtmlTheContentIsVisibleTextAndTheTextIsTheSource() throws Exception {
        String html = "<b>alpha</b> one\n<i>beta</i> two\ngamma <u>three</u>\n\ndelta";
        Document document = new Document("h", html, Format.HTML, Metadata.empty());
        Hit hit = search(sparse("beta").parent(), document).getFirst();
        assertThat(hit.text()).isEqualTo("<b>alpha</b> one\n<i>beta</i> two\ngamma <u>three</u>");
        assertThat(hit.content()).isEqualTo("alpha one\n\nbeta two\n\ngamma three");
        Hit overlapping = search(
                        CONFIG.withChunker(new ParagraphLines(4)),
                        sparse("beta").parent(),
                        document)
                .getFirst();
        assertThat(overlapping.content()).isEqualTo("alpha one\nbeta two\ngamma three");
        assertThat(overlapping.text()).isEqualTo(hit.text());
    }

    @Test
    void widenedHitsKeepFiltersAndMetadata() throws Exception {
        Document blue =
                new Document("blue", TEXT, Format.PLAIN, Metadata.empty().with("colour", "blue"));
        List<Hit> hits = search(
                sparse("beta").parent().where("colour == 'blue'"), blue, Document.of("none", TEXT));
        assertThat(hits).singleElement().satisfies(hit -> {
            assertThat(hit.documentId()).isEqualTo("blue");
            assertThat(hit.metadata().get("colour")).isEqualTo("blue");
        });
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").neighbours(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").wholeDocument(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Widening.Parent(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.of("q").groupByDocument(-1));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void passagesAreExactBoundedAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        ParagraphLines chunker = new ParagraphLines(random.nextInt(6));
        try (Corpus corpus = Corpus.inMemory(CONFIG.withChunker(chunker))) {
            // Several commits and replacements: blocks lie in several segments, some of them
            // deleted.
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                documents.add(document("d" + random.nextInt(15), random));
                if (random.nextInt(4) == 0) {
                    corpus.ingest(documents);
                    documents.clear();
                }
            }
            corpus.ingest(documents);
            for (int round = 0; round < 60; round++) {
                int max = 1 + random.nextInt(120);
                Widening widening = switch (random.nextInt(3)) {
                    case 0 -> new Widening.Parent(max);
                    case 1 -> new Widening.Neighbours(random.nextInt(4), max);
                    default -> new Widening.WholeDocument(max);
                };
                Query query = Query.of("w" + random.nextInt(9) + " w" + random.nextInt(9))
                        .topK(1 + random.nextInt(12));
                String as = "seed " + seed + ", round " + round + ", " + widening;
                check(corpus, chunker, query, widening, as);
            }
        }
    }

    private static void check(
            Corpus corpus, ParagraphLines chunker, Query query, Widening widening, String as)
            throws Exception {
        List<Hit> plain = corpus.search(query.topK(1000)).hits();
        List<Hit> wide = corpus.search(query.widen(widening)).hits();
        assertThat(wide).as(as).hasSizeBetween(1, query.topK());
        assertThat(wide)
                .as(as)
                .extracting(Hit::score)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(wide.getFirst().found().getFirst())
                .as(as)
                .isEqualTo(plain.getFirst().span());
        Set<String> found = new HashSet<>();
        for (Hit hit : wide) {
            Document document = corpus.document(hit.documentId());
            assertThat(document).isNotNull();
            assertThat(hit.text()).as(as).isEqualTo(hit.span().of(document.text()));
            List<Span> chunks =
                    chunker.chunk(document).stream().map(Chunk::span).toList();
            Span own = chunks.get(hit.ordinal());
            assertThat(hit.found().getFirst()).as(as).isEqualTo(own);
            List<Span> ranked = plain.stream()
                    .filter(other -> other.documentId().equals(hit.documentId()))
                    .map(Hit::span)
                    .filter(hit.found()::contains)
                    .toList();
            assertThat(hit.found()).as(as).isEqualTo(ranked);
            assertThat(hit.span().length())
                    .as(as)
                    .isLessThanOrEqualTo(Math.max(widening.maxCharacters(), own.length()));
            for (Span span : hit.found()) {
                assertThat(chunks).as(as).contains(span);
                assertThat(hit.span().start()).as(as).isLessThanOrEqualTo(span.start());
                assertThat(hit.span().end()).as(as).isGreaterThanOrEqualTo(span.end());
                assertThat(found.add(hit.documentId() + span)).as(as).isTrue();
            }
        }
        // Nothing that ranks above the last passage's best chunk was passed over.
        String last = wide.getLast().documentId() + wide.getLast().found().getFirst();
        for (Hit hit : plain) {
            assertThat(found).as(as).contains(hit.documentId() + hit.span());
            if ((hit.documentId() + hit.span()).equals(last)) {
                return;
            }
        }
    }

    private static Document document(String id, Random random) {
        StringBuilder text = new StringBuilder("\n".repeat(random.nextInt(2)));
        for (int line = 1 + random.nextInt(12); line > 0; line--) {
            for (int word = 1 + random.nextInt(5); word > 0; word--) {
                text.append("w").append(random.nextInt(9)).append(' ');
            }
            text.append("\n".repeat(1 + random.nextInt(3)));
        }
        return Document.of(id, text.toString());
    }

    /** What stands between two tags is a chunk, as a chunker that leaves markup out of spans has it. */
    private record BetweenTags() implements Chunker {
        @Override
        public List<Chunk> chunk(Document document) {
            return Pattern.compile("(?<=>)[^<>]*\\w[^<>]*(?=<)")
                    .matcher(document.text())
                    .results()
                    .map(text -> Chunk.of(document.text(), new Span(text.start(), text.end())))
                    .toList();
        }

        @Override
        public String identity() {
            return "between tags";
        }
    }

    @Test
    void markupBetweenChunksIsNotVisible() throws Exception {
        Document html = new Document(
                "h",
                "<p>alpha one</p>\n<p>beta two</p><p>gamma</p>",
                Format.HTML,
                Metadata.empty());
        Hit hit = search(CONFIG.withChunker(new BetweenTags()), sparse("beta").neighbours(1), html)
                .getFirst();
        assertThat(hit.text()).isEqualTo("alpha one</p>\n<p>beta two</p><p>gamma");
        assertThat(hit.content()).isEqualTo("alpha one\n\nbeta two\n\ngamma");
    }
}
