package dev.kith.retrieval.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.context.CitationReport.Quotation;
import dev.kith.retrieval.context.CitationReport.Reference;
import dev.kith.retrieval.context.CitationReport.Sentence;
import dev.kith.text.Document;
import dev.kith.text.Span;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CitationVerifierTest {
    private final Document keys = Document.of(
            "keys.md", "Keys rotate every 30 days.\nThe \u201Cvault team\u201D decides it.");
    private final Document logs =
            Document.of("logs.html", "<p>Logs are <b>kept</b> for a year.</p>");
    private final Context context = ContextAssembler.of(new WordTokenizer(), 1000)
            .assemble(List.of(
                    Hits.of(keys, 0, keys.text().length()),
                    Hits.of(logs, new Span(3, 35), "Logs are kept for a year.")));
    private final CitationVerifier verifier = new CitationVerifier(Analysis.ENGLISH);

    private CitationReport verify(String answer) {
        return verifier.verify(answer, context);
    }

    private Sentence only(String answer) {
        CitationReport report = verify(answer);
        assertThat(report.sentences()).as(report.toString()).hasSize(1);
        return report.sentences().getFirst();
    }

    private static List<String> labels(Sentence sentence) {
        return sentence.references().stream().map(Reference::label).toList();
    }

    @Test
    void aGoodAnswerHasNothingToReport() {
        CitationReport report =
                verify("Keys rotate every 30 days [1]. Logs are kept for a year. [2]");
        assertThat(report.sentences()).hasSize(2).allSatisfy(sentence -> {
            assertThat(sentence.references()).hasSize(1);
            assertThat(sentence.support()).isEqualTo(1);
        });
        assertThat(report.references())
                .extracting(Reference::passage)
                .containsExactly(context.passage(1), context.passage(2));
        assertThat(report.unknown()).isEmpty();
        assertThat(report.uncited()).isEmpty();
        assertThat(report.misquoted()).isEmpty();
        assertThat(report.unsupported(0.99)).isEmpty();
    }

    @Test
    void supportIsTheShareOfASentencesTermsInWhatItCites() {
        // rotating, key, 90, day: of four terms, "90" is invented.
        Sentence sentence = only("Rotating the keys: 90 days [1].");
        assertThat(sentence.support()).isEqualTo(0.75, within(1e-9));
        assertThat(only("Rotating the keys: 90 days [2].").support()).isZero();
        assertThat(verify("Rotating the keys: 90 days [1].").unsupported(0.8)).hasSize(1);
    }

    @Test
    void passagesCitedTogetherSupportTogether() {
        Sentence sentence = only("Keys rotate and logs are kept [1, 2].");
        assertThat(sentence.references()).extracting(Reference::support).containsExactly(0.5, 0.5);
        assertThat(sentence.support()).isEqualTo(1);
    }

    @Test
    void labelsWithoutAPassageAreReported() {
        CitationReport report = verify("Keys rotate [1][7]. Logs are kept [0].");
        assertThat(report.unknown()).extracting(Reference::label).containsExactly("[7]", "[0]");
        assertThat(report.sentences().get(0).support()).isEqualTo(1);
        assertThat(report.sentences().get(1).support()).isZero();
    }

    @Test
    void sentencesWithoutLabelsAreReported() {
        CitationReport report = verify("Here is what I found. Keys rotate [1]. It is so!");
        assertThat(report.uncited())
                .extracting(Sentence::text)
                .containsExactly("Here is what I found.", "It is so!");
        assertThat(report.uncited()).extracting(Sentence::support).containsOnly(0.0);
        assertThat(report.unsupported(1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "One [1]. Two [2].|[1];[2]",
                "One.[1] Two.[2]|[1];[2]",
                "One. [1] Two. [2]|[1];[2]",
                "One [1][2]. Two.|[1][2];",
                "[1] One. Two [2].|[1];[2]",
                "According to [2], one. Two (see [1]).|[2];[1]",
                "One [1, 2; 3].|[1][2][3]",
                "One [1-3]. Two [2\u20132].|[1][2][3];[2]",
                "One [3-1].|[3][1]",
                "One [1-999999999].|[1][999999999]",
                "One [12345678901].|''",
                "One [a] [1.] a[i] [].|''",
                "- One [1]\\n- Two [2]|[1];[2]",
                "One.\\n[2] Two.|;[2]",
                "One.\\n- [2] Two. Three.|;[2];",
                "One.\\n[1]\\nTwo.|[1];",
                "One.\\n\\n[1]|[1]",
                "[1]|[1]",
                "[1] [2]|[1][2]",
                "Mr\u3002\u4F60\u597D[1]\u3002\u4E16\u754C[2]\u3002|;[1];[2]",
            })
    void labelsBelongToTheSentenceTheyStandInOrBehind(String answer, String expected) {
        CitationReport report = verify(answer.replace("\\n", "\n"));
        assertThat(String.join(
                        ";",
                        report.sentences().stream()
                                .map(sentence -> String.join("", labels(sentence)))
                                .toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It says \"rotate every 30 days\" [1].",
                "It says \u201Crotate every\n30  days.\u201D [1]",
                "\"Keys rotate every 30 days. The \u201Dvault team\u201D decides it.\" [1]",
                "It says \u00ABKeys ... 30 [...] decides\u00BB [1].",
                "\"Logs are <b>kept</b> for a year\" [2]",
                "\"Logs are kept for a year,\" it says [2].",
                "[1] says \"30 days\"."
            })
    void quotationsThatStandInTheCitedPassageAreFound(String answer) {
        Sentence sentence = only(answer);
        assertThat(sentence.quotations()).singleElement().satisfies(quotation -> {
            assertThat(quotation.found()).isTrue();
            assertThat(answer.substring(
                            quotation.span().start(), quotation.span().end()))
                    .isEqualTo(quotation.text());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It says \"rotate every 90 days\" [1].",
                "It says \"rotate every 30 days\" [2].",
                "It says \"rotate every 30 days\" [9].",
                "It says \"rotate every 30 days\".",
                "It says \"30 days ... Keys rotate\" [1].",
                "It says \"rotate every 30 days\" [2], as [1] does.",
                "It says \"rotate every 3\" [1].",
                "It says \"0 days\" [1].",
                "It says \"every 30 day\" [1].",
                "It says \"eys ... decides\" [1]."
            })
    void quotationsThatDoNotStandThereAreReported(String answer) {
        assertThat(verify(answer).misquoted()).hasSize(1);
    }

    @Test
    void withoutSpacesBetweenWordsAnyPartMayBeQuoted() {
        Document rule = Document.of("r", "\u9375\u306F\u6BCE\u6708\u5909\u3048\u308B 10\u56DE");
        Context one = ContextAssembler.of(new WordTokenizer(), 1000)
                .assemble(List.of(Hits.of(rule, 0, rule.text().length())));
        assertThat(verifier.verify("\u201C\u6BCE\u6708\u201D, \u201C10\u201D [1].", one)
                        .misquoted())
                .isEmpty();
    }

    @Test
    void aQuotationIsCheckedAgainstTheLabelsNearestBehindIt() {
        Sentence sentence = only("First \"30 days\" [2], then \"for a year\" [1][2].");
        assertThat(sentence.quotations())
                .extracting(Quotation::labels)
                .containsExactly(List.of("[2]"), List.of("[1]", "[2]"));
        assertThat(sentence.quotations()).extracting(Quotation::found).containsExactly(false, true);
    }

    @Test
    void inchesAndApostrophesQuoteNothing() {
        assertThat(only("A 5\" pipe and a 6\" pipe, it's Jo's [1].").quotations())
                .isEmpty();
    }

    @Test
    void aSentenceWithoutTermsNeedsNoSupport() {
        assertThat(only("It is [1].").support()).isEqualTo(1);
    }

    @Test
    void emptyAnswersAndEmptyContextsAreChecked() {
        assertThat(verify("").sentences()).isEmpty();
        assertThat(verify(" \n\t").sentences()).isEmpty();
        Context nothing = new Context("", 0, List.of(), List.of());
        assertThat(verifier.verify("Keys rotate [1].", nothing).unknown()).hasSize(1);
    }

    @Test
    void hostileAnswersAreReadInReasonableTimeAndNoLabelIsLost() {
        String[] pieces = {
            "Keys rotate",
            " [1]",
            "[2]",
            "[1, 9]",
            "\"",
            "\u201C",
            "\u201D",
            ". ",
            "\n",
            "\n- ",
            "\uD83D",
            "\uD83D\uDE00",
            "[",
            "]",
            "...",
            "\u3002",
            "\0",
            "? "
        };
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder answer = new StringBuilder();
            int labels = 0;
            for (int i = random.nextInt(50); i > 0; i--) {
                int piece = random.nextInt(pieces.length);
                labels += piece == 3 ? 2 : piece == 1 || piece == 2 ? 1 : 0;
                answer.append(pieces[piece]);
            }
            CitationReport report = verify(answer.toString());
            assertThat(report.references()).as("seed " + seed).hasSize(labels);
            for (Sentence sentence : report.sentences()) {
                assertThat(sentence.span().of(answer.toString())).isEqualTo(sentence.text());
                assertThat(sentence.support()).as("seed " + seed).isBetween(0.0, 1.0);
            }
        }
        for (String piece : new String[] {"[1", "1, ", "[1] \"a\" ", "Keys. [1] ", "[2] x\n"}) {
            assertThatCode(() -> verify(piece.repeat(5000))).doesNotThrowAnyException();
        }
        assertThatCode(() -> verify("[1" + ", 1".repeat(50_000) + "]")).doesNotThrowAnyException();
        for (String piece : pieces) {
            assertThatCode(() -> verify(piece.repeat(20_000))).doesNotThrowAnyException();
        }
    }
}
