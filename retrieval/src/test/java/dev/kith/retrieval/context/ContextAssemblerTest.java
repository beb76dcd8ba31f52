package dev.kith.retrieval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.retrieval.Citation;
import dev.kith.retrieval.Hit;
import dev.kith.text.Document;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContextAssemblerTest {
    private static final int PLENTY = 10_000;
    private final Document keys =
            Document.of("keys.md", "Keys rotate monthly. Ask the vault team. Never share keys.");
    private final Document logs =
            Document.of("logs.md", "Logs are kept for a year.\nThen they go.");
    private final WordTokenizer tokenizer = new WordTokenizer();
    private final ContextAssembler assembler = ContextAssembler.of(tokenizer, PLENTY);

    @Test
    void showsNumberedPassagesUnderTheirDocuments() {
        Hit first = Hits.of(keys, "Ask the vault team.");
        Hit second = Hits.of(logs, "Logs are kept for a year.");
        Context context = assembler.assemble(List.of(first, second));
        assertThat(context.text()).isEqualTo("""
                [1] keys.md: Manual > Keys
                Ask the vault team.

                [2] logs.md: Manual > Keys
                Logs are kept for a year.""");
        assertThat(context.tokens()).isEqualTo(tokenizer.count(context.text()));
        assertThat(context.citations())
                .containsExactly(
                        new Citation(
                                "[1]", "keys.md", "https://kith.dev/keys.md", 21, 40, first.text()),
                        new Citation(
                                "[2]",
                                "logs.md",
                                "https://kith.dev/logs.md",
                                0,
                                25,
                                second.text()));
        assertThat(context.passage(2)).isEqualTo(context.passages().get(1));
        assertThat(context.passage(0)).isNull();
        assertThat(context.passage(3)).isNull();
        assertThat(context.dropped()).isEmpty();
    }

    @Test
    void noHitsGiveAnEmptyContext() {
        assertThat(assembler.assemble(List.of()))
                .isEqualTo(new Context("", 0, List.of(), List.of()));
    }

    @Test
    void overlappingAndTouchingPassagesOfADocumentBecomeOne() {
        Hit middle = Hits.of(keys, 10, 30);
        Hit other = Hits.of(logs, 0, 4);
        Hit touching = Hits.of(keys, 30, 40);
        Hit before = Hits.of(keys, 0, 15);
        Hit inside = Hits.of(keys, 12, 20);
        Context context = assembler.assemble(List.of(middle, other, touching, before, inside));
        assertThat(context.passages()).hasSize(2);
        Passage merged = context.passages().getFirst();
        assertThat(merged.quotes()).containsExactly(Quote.of(Hits.of(keys, 0, 40)));
        assertThat(merged.hits()).containsExactly(middle, touching, before, inside);
        assertThat(context.dropped()).isEmpty();
    }

    @Test
    void aPassageThatBridgesTwoMakesOneOfThree() {
        Hit first = Hits.of(keys, 0, 10);
        Hit last = Hits.of(keys, 20, 30);
        Hit bridge = Hits.of(keys, 8, 22);
        Context context = assembler.assemble(List.of(first, last, bridge));
        assertThat(context.passages()).hasSize(1);
        assertThat(context.passages().getFirst().hits()).containsExactly(first, last, bridge);
        assertThat(context.citations())
                .extracting(Citation::quote)
                .containsExactly(keys.text().substring(0, 30));
    }

    @Test
    void passagesApartStayApart() {
        Context context = assembler.assemble(List.of(Hits.of(keys, 0, 10), Hits.of(keys, 11, 20)));
        assertThat(context.passages()).hasSize(2);
    }

    @Test
    void passagesOfTwoVersionsOfADocumentAreNotMixed() {
        Document changed = Document.of("keys.md", "Keys rotate yearly now, says the team.");
        Context context =
                assembler.assemble(List.of(Hits.of(keys, 0, 20), Hits.of(changed, 5, 30)));
        assertThat(context.citations())
                .extracting(Citation::quote)
                .containsExactly(keys.text().substring(0, 20), changed.text().substring(5, 30));
    }

    @Test
    void whatAnotherPassageSaysIsLeftOutWhateverItsWhiteSpace() {
        Document copy = Document.of("copy.md", "x Logs  are kept\nfor a\u00A0year. y");
        Hit duplicate = Hits.of(copy, 2, 28);
        Context context =
                assembler.assemble(List.of(Hits.of(logs, 0, 25), duplicate, Hits.of(keys, 0, 5)));
        assertThat(context.passages())
                .extracting(Passage::documentId)
                .containsExactly("logs.md", "keys.md");
        assertThat(context.dropped())
                .containsExactly(new Dropped(
                        duplicate, Dropped.Reason.DUPLICATE, "another passage says the same"));
    }

    @Test
    void blankHitsAreNotShown() {
        Document blank = Document.of("blank", "a \n\u00A0 b");
        Context context = assembler.assemble(List.of(Hits.of(blank, 1, 5), Hits.of(blank, 3, 3)));
        assertThat(context.text()).isEmpty();
        assertThat(context.dropped())
                .extracting(Dropped::reason)
                .containsExactly(Dropped.Reason.EMPTY, Dropped.Reason.EMPTY);
    }

    @Test
    void aPassageThatDoesNotFitIsLeftOutAndSmallerOnesAreTried() {
        Hit large = Hits.of(keys, 0, keys.text().length());
        Hit small = Hits.of(logs, "Then they go.");
        int enough = tokenizer.count(assembler.assemble(List.of(small)).text());
        Context context = ContextAssembler.of(tokenizer, enough).assemble(List.of(large, small));
        assertThat(context.tokens()).isEqualTo(enough);
        assertThat(context.passages()).extracting(Passage::documentId).containsExactly("logs.md");
        assertThat(context.dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.hit()).isEqualTo(large);
            assertThat(dropped.reason()).isEqualTo(Dropped.Reason.BUDGET);
            assertThat(dropped.why()).contains("budget is " + enough);
        });
        Context none = ContextAssembler.of(tokenizer, enough - 1).assemble(List.of(large, small));
        assertThat(none.text()).isEmpty();
        assertThat(none.dropped()).extracting(Dropped::hit).containsExactly(large, small);
    }

    @Test
    void aHitThatWouldMakeAPassageTooLongLeavesItAsItWas() {
        Hit first = Hits.of(keys, 0, 20);
        Hit longer = Hits.of(keys, 10, keys.text().length());
        int budget = tokenizer.count(assembler.assemble(List.of(first)).text()) + 2;
        Context context = ContextAssembler.of(tokenizer, budget).assemble(List.of(first, longer));
        assertThat(context.citations()).extracting(Citation::quote).containsExactly(first.text());
        assertThat(context.dropped()).extracting(Dropped::hit).containsExactly(longer);
    }

    @Test
    void ordersByRankByDocumentOrBestAtBothEnds() {
        List<Hit> hits = List.of(
                Hits.of(keys, "Never share"),
                Hits.of(logs, "Then they"),
                Hits.of(keys, "Keys rotate"),
                Hits.of(logs, "Logs are"),
                Hits.of(keys, "Ask the"));
        assertThat(starts(hits, Order.BEST_FIRST))
                .containsExactly("Never share", "Then they", "Keys rotate", "Logs are", "Ask the");
        assertThat(starts(hits, Order.BY_DOCUMENT))
                .containsExactly("Keys rotate", "Ask the", "Never share", "Logs are", "Then they");
        assertThat(starts(hits, Order.BEST_AT_ENDS))
                .containsExactly("Never share", "Keys rotate", "Ask the", "Logs are", "Then they");
    }

    private List<String> starts(List<Hit> hits, Order order) {
        List<Passage> passages = assembler.withOrder(order).assemble(hits).passages();
        assertThat(passages).extracting(Passage::number).containsExactly(1, 2, 3, 4, 5);
        return passages.stream().map(Passage::content).toList();
    }

    @Test
    void ofHtmlTheVisibleTextIsShownAndTheSourceIsCited() {
        Document html = Document.of("a.html", "<p>Keys <b>rotate</b>.</p><p>Ask &amp; wait.</p>");
        Hit both = Hits.of(html, new Span(3, 44), "Keys rotate.\n\nAsk & wait.");
        Hit second = Hits.of(html, new Span(11, 44), "rotate.\n\nAsk & wait.");
        Hit first = Hits.of(html, new Span(3, 22), "Keys rotate.");
        for (List<Hit> hits :
                List.of(List.of(both), List.of(first, second), List.of(second, both))) {
            Context context = assembler.assemble(hits);
            assertThat(context.text()).endsWith("Keys rotate.\n\nAsk & wait.");
            assertThat(context.citations()).singleElement().satisfies(citation -> {
                assertThat(citation.quote()).isEqualTo(both.text());
                assertThat(html.text().substring(citation.start(), citation.end()))
                        .isEqualTo(citation.quote());
            });
        }
    }

    @Test
    void aHeaderIsOneLineWhateverStandsInIt() {
        Document odd = Document.of("a\nb\u0000\u2028[9] c", "text");
        assertThat(assembler.assemble(List.of(Hits.of(odd, 0, 4))).text())
                .isEqualTo("[1] a b  [9] c: Manual > Keys\ntext");
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContextAssembler.of(tokenizer, 0))
                .withMessage("the token budget must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quote(new Span(0, 3), "four", "four"))
                .withMessage("a span of 3 UTF-16 units cannot hold a text of 4");
    }

    /** Hits anywhere, surrogate pairs cut: the budget holds, spans are exact, nothing vanishes without a word. */
    @Test
    void theBudgetHoldsAndEveryHitIsShownOrReported() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, Document> documents = Map.of(
                    "a", Document.of("a", text(random)), "b", Document.of("b", text(random)));
            List<Hit> hits = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                Document document = documents.get(random.nextBoolean() ? "a" : "b");
                int start = random.nextInt(document.text().length());
                int end = start + random.nextInt(document.text().length() - start + 1);
                hits.add(Hits.of(document, start, end));
            }
            int budget = 1 + random.nextInt(120);
            WordTokenizer counter = random.nextBoolean() ? tokenizer : WordTokenizer.ofThrees();
            Order order = Order.values()[random.nextInt(3)];
            Context context = new ContextAssembler(counter, budget, order).assemble(hits);
            String as = "seed " + seed;
            assertThat(counter.count(context.text())).as(as).isEqualTo(context.tokens());
            assertThat(context.tokens()).as(as).isLessThanOrEqualTo(budget);
            List<Hit> seen = new ArrayList<>();
            context.passages().forEach(passage -> seen.addAll(passage.hits()));
            context.dropped().forEach(dropped -> seen.add(dropped.hit()));
            assertThat(seen).as(as).containsExactlyInAnyOrderElementsOf(hits);
            for (Citation citation : context.citations()) {
                String source = documents.get(citation.documentId()).text();
                assertThat(citation.quote())
                        .as(as)
                        .isEqualTo(source.substring(citation.start(), citation.end()));
            }
            for (Passage passage : context.passages()) {
                for (Hit hit : passage.hits()) {
                    assertThat(passage.quotes())
                            .as(as)
                            .anyMatch(
                                    quote -> quote.span().start() <= hit.span().start()
                                            && hit.span().end() <= quote.span().end());
                }
            }
            List<Span> spans = context.passages().stream()
                    .filter(passage -> passage.documentId().equals("a"))
                    .flatMap(passage -> passage.quotes().stream())
                    .map(Quote::span)
                    .toList();
            for (int i = 0; i < spans.size(); i++) {
                for (Span other : spans.subList(i + 1, spans.size())) {
                    assertThat(spans.get(i).start() < other.end()
                                    && other.start() < spans.get(i).end())
                            .as(as)
                            .isFalse();
                }
            }
        }
    }

    private static String text(Random random) {
        String[] words = {
            "keys ", "vault. ", "\uD83D\uDE00", "\n", "\uD83D", "\u4F60\u3002", "[2] ", "rotate "
        };
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(words[random.nextInt(words.length)]);
        }
        return text.toString();
    }

    @Test
    void visibleTextsShareNoMoreThanTheirSourcesDo() {
        Document html = Document.of("h", "<b>go</b> go <i>go</i> go <u>on</u>");
        Span first = new Span(3, 12);
        Span second = new Span(10, html.text().length() - 4);
        Context context = assembler.assemble(
                List.of(Hits.of(html, first, "go go"), Hits.of(html, second, "go go go on")));
        assertThat(context.passages())
                .singleElement()
                .satisfies(passage -> assertThat(passage.content()).isEqualTo("go go go go on"));
    }
}
