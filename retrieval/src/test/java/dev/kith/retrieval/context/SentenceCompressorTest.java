package dev.kith.retrieval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.HashingEmbedder;
import dev.kith.retrieval.Hit;
import dev.kith.text.Document;
import dev.kith.text.Reranker;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SentenceCompressorTest {
    private static final double HALF = 0.5;
    private final Document document = Document.of(
            "d",
            "The office opens at nine. Keys rotate every month.  The vault team rotates them. "
                    + "Lunch is at noon. A key that leaked is rotated at once.");
    private final Hit hit = Hits.of(document, 0, document.text().length());

    static Stream<SentenceCompressor> compressors() {
        return Stream.of(
                SentenceCompressor.byTerms(Analysis.ENGLISH, HALF),
                SentenceCompressor.byMeaning(new HashingEmbedder(), HALF),
                SentenceCompressor.by(new TermReranker(Analysis.WORDS), HALF));
    }

    @Test
    void keepsTheSentencesThatMatterAndMergesNeighbours() throws Exception {
        SentenceCompressor compressor = SentenceCompressor.byTerms(Analysis.ENGLISH, 0.7);
        Excerpt excerpt =
                compressor.compress("How are keys rotated?", List.of(hit)).getFirst();
        assertThat(excerpt.hit()).isEqualTo(hit);
        assertThat(excerpt.quotes())
                .extracting(Quote::text)
                .containsExactly(
                        "Keys rotate every month.  The vault team rotates them.",
                        "A key that leaked is rotated at once.");
        assertSpansAreExact(List.of(excerpt));
    }

    @Test
    void sentencesOfAllHitsCompeteAndAHitMayLoseAll() throws Exception {
        Hit office = Hits.of(document, "The office opens at nine.");
        Hit keys = Hits.of(document, "Keys rotate every month.");
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, HALF)
                .compress("rotate keys", List.of(office, keys));
        assertThat(kept).extracting(Excerpt::hit).containsExactly(office, keys);
        assertThat(kept.get(0).quotes()).isEmpty();
        assertThat(kept.get(1).quotes()).containsExactly(Quote.of(keys));
        Context context = ContextAssembler.of(new WordTokenizer(), 100).assembleExcerpts(kept);
        assertThat(context.passages()).hasSize(1);
        assertThat(context.dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.hit()).isEqualTo(office);
            assertThat(dropped.reason()).isEqualTo(Dropped.Reason.EMPTY);
        });
    }

    @Test
    void aPassageOfSeveralPiecesHasACitationForEach() throws Exception {
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, 0.7)
                .compress("How are keys rotated?", List.of(hit));
        Context context = ContextAssembler.of(new WordTokenizer(), 100).assembleExcerpts(kept);
        assertThat(context.text())
                .endsWith("rotates them. \u2026 A key that leaked is rotated at once.");
        assertThat(context.citations()).hasSize(2).allSatisfy(citation -> {
            assertThat(citation.label()).isEqualTo("[1]");
            assertThat(document.text().substring(citation.start(), citation.end()))
                    .isEqualTo(citation.quote());
        });
    }

    @Test
    void rareTermsCountMore() throws Exception {
        Document keys = Document.of("k", "Key one. Key two. Key three. Glacier four.");
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, 0.35)
                .compress("key glacier", List.of(Hits.of(keys, 0, keys.text().length())));
        assertThat(kept.getFirst().quotes())
                .extracting(Quote::text)
                .containsExactly("Glacier four.");
    }

    @ParameterizedTest
    @MethodSource("compressors")
    void theBestSentenceStaysHoweverLongAndNoHitsAreNoExcerpts(SentenceCompressor compressor)
            throws Exception {
        Hit one = Hits.of(document, "Keys rotate every month.");
        assertThat(compressor.compress("keys", List.of(one)).getFirst().quotes())
                .containsExactly(Quote.of(one));
        assertThat(compressor.compress("keys", List.of())).isEmpty();
        assertThat(compressor
                        .compress("the", List.of(Hits.of(document, 3, 4)))
                        .getFirst()
                        .quotes())
                .isEmpty();
    }

    @Test
    void ofHtmlSentencesAreKeptWithTheirPlacesInTheSource() throws Exception {
        String source =
                "<p>Lunch&nbsp;is at <i>noon</i>.</p>\n<!-- no --><p>Keys <b class='x'>rotate</b>\n &lt;daily&gt; &amp; at"
                        + " 5 &eacute;t&eacute; &#x1F600;!</p><p>Ask a < b: who?</p>";
        Document html = Document.of("h", "<body>" + source);
        String content =
                "Lunch\u00A0is at noon.\n\nKeys rotate <daily> & at 5 \u00E9t\u00E9 \uD83D\uDE00!\n\nAsk a < b: who?";
        int start = source.indexOf("Lunch");
        Hit shown = Hits.of(
                html,
                new Span(6 + start, 6 + source.indexOf("</p>", source.length() - 4)),
                content);
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, HALF)
                .compress("how often do keys rotate", List.of(shown));
        assertThat(kept.getFirst().quotes()).singleElement().satisfies(quote -> {
            assertThat(quote.content())
                    .isEqualTo("Keys rotate <daily> & at 5 \u00E9t\u00E9 \uD83D\uDE00!");
            assertThat(quote.text())
                    .startsWith("Keys <b class='x'>rotate</b>")
                    .endsWith("&eacute;t&eacute; &#x1F600;!");
            assertThat(quote.span().of(html.text())).isEqualTo(quote.text());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Keys rotate.<script>x()</script> Daily. No.</p>",
                "<p>Keys <i title='a > b>rotate</i>. Daily. No.</p>",
                "<p>Keys rotate&notit; Daily. No.</p>",
                "<p>Keys rotate.<!-- Daily. No.",
                "<p>Keys rotate. Dai</p>",
                "&#99999999999; &#x; &; & <"
            })
    void whereHtmlCannotBeReadPlainlyItIsKeptWholeOrNotAtAll(String source) throws Exception {
        Document html = Document.of("h", source + " end");
        Hit shown = Hits.of(html, new Span(0, source.length()), "Keys rotate. Daily. No.");
        Hit rest = Hits.of(html, source.length(), source.length() + 4);
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, HALF)
                .compress("keys rotate", List.of(shown, rest));
        assertThat(kept.get(0).quotes()).containsExactly(Quote.of(shown));
        assertThat(kept.get(1).quotes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("compressors")
    void spansAreExactOnHostileText(SentenceCompressor compressor) throws Exception {
        String[] pieces = {
            "Keys rotate. ",
            "\uD83D\uDE00",
            "\uD83D",
            "\n\n",
            "- item ",
            "\u4F60\u597D\u3002",
            "\0",
            "! ",
            "| a |\n",
            "\u00A0",
            "keys",
            " \r\n"
        };
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Document hostile = Document.of("h", text.toString());
            int middle = random.nextInt(text.length() + 1);
            List<Hit> hits =
                    List.of(Hits.of(hostile, 0, middle), Hits.of(hostile, middle, text.length()));
            List<Excerpt> kept = compressor.compress("keys rotate", hits);
            assertThat(kept).as("seed " + seed).hasSize(2);
            for (Excerpt excerpt : kept) {
                for (Quote quote : excerpt.quotes()) {
                    assertThat(quote.span().of(hostile.text()))
                            .as("seed " + seed)
                            .isEqualTo(quote.text());
                    assertThat(quote.text()).as("seed " + seed).isNotBlank();
                }
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SentenceCompressor.byTerms(Analysis.WORDS, share))
                    .withMessageContaining("(0, 1]")
                    .withMessageContaining(String.valueOf(share));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SentenceCompressor.byTerms(Analysis.WORDS, 1)
                        .compress(" \n", List.of(hit)));
    }

    private void assertSpansAreExact(List<Excerpt> excerpts) {
        for (Excerpt excerpt : excerpts) {
            int offset = excerpt.hit().span().start();
            List<Span> spans = new ArrayList<>();
            for (Quote quote : excerpt.quotes()) {
                spans.add(quote.span());
                assertThat(excerpt.hit()
                                .text()
                                .substring(
                                        quote.span().start() - offset,
                                        quote.span().end() - offset))
                        .isEqualTo(quote.text());
            }
            assertThat(spans).isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()));
        }
    }

    @Test
    void aGreaterSignInAnAttributeDoesNotEndATag() throws Exception {
        String source =
                "<p>Lunch <img alt=\"a>b\" src='>'>is at noon.</p><p title='>'>Keys rotate.</p>";
        Document html = Document.of("h", source);
        Hit shown = Hits.of(
                html, new Span(3, source.length() - 4), "Lunch is at noon.\n\nKeys rotate.");
        List<Excerpt> kept = SentenceCompressor.byTerms(Analysis.ENGLISH, HALF)
                .compress("keys rotate", List.of(shown));
        assertThat(kept.getFirst().quotes())
                .extracting(Quote::text)
                .containsExactly("Keys rotate.");
    }

    @Test
    void aRerankerWithoutAScoreForEachSentenceIsNamed() {
        for (float[] scores : List.of(new float[1], new float[] {0, 0, 0, 0, Float.NaN})) {
            Reranker broken = new Reranker() {
                @Override
                public float[] score(String query, List<String> passages) {
                    return scores;
                }

                @Override
                public String identity() {
                    return "broken";
                }

                @Override
                public void close() {}
            };
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            SentenceCompressor.by(broken, HALF).compress("keys", List.of(hit)))
                    .withMessageStartingWith("the reranker broken gives ");
        }
    }
}
