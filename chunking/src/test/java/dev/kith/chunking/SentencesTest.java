package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SentencesTest {
    private static final List<String> PIECES = List.of(
            "a",
            "Word",
            "word",
            "X",
            "7",
            "42",
            " ",
            "  ",
            "\t",
            ".",
            ".",
            "!",
            "?",
            "...",
            ",",
            ";",
            "-",
            "\"",
            "'",
            ")",
            "(",
            "\u201D",
            "\u00AB",
            "\u2014",
            "e.g.",
            "U.S.",
            "3.5",
            "\u4F60\u597D",
            "\u3002",
            "\uFF01",
            "\u300D",
            "\uFF0E",
            "\u0645\u0631",
            "\u061F",
            "\u0928\u092E",
            "\u0964",
            "\u0301",
            "\u200D",
            "\u00AD",
            "\uD83D\uDE00",
            "\uD804\uDC47",
            "\u10D0",
            "\u01C5",
            "\u3000",
            "\u00A0",
            "\u1362",
            "\u05D0",
            "\u2024",
            "#",
            "$",
            "\0",
            "\uD83D");

    private static List<String> split(String text) {
        Sentences sentences = new Sentences(text, text.length());
        List<String> split = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = sentences.end(at);
            split.add(text.substring(at, end).strip());
            at = end;
        }
        return split;
    }

    @Test
    void classifiesCodePointsAsUnicodeDoes() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) != Character.UNASSIGNED) {
                assertThat(SentenceClass.of(c)).as("U+%04X", c).isEqualTo(expected(c));
            }
        }
    }

    private static SentenceClass expected(int codePoint) {
        return switch (UCharacter.getIntPropertyValue(codePoint, UProperty.SENTENCE_BREAK)) {
            case UCharacter.SentenceBreak.ATERM -> SentenceClass.STOP;
            case UCharacter.SentenceBreak.STERM -> SentenceClass.TERMINATOR;
            case UCharacter.SentenceBreak.SCONTINUE -> SentenceClass.CONTINUE;
            case UCharacter.SentenceBreak.CLOSE -> SentenceClass.CLOSE;
            case UCharacter.SentenceBreak.SP -> SentenceClass.SPACE;
            case UCharacter.SentenceBreak.SEP,
                    UCharacter.SentenceBreak.CR,
                    UCharacter.SentenceBreak.LF -> SentenceClass.SEPARATOR;
            case UCharacter.SentenceBreak.LOWER -> SentenceClass.LOWER;
            case UCharacter.SentenceBreak.UPPER -> SentenceClass.UPPER;
            case UCharacter.SentenceBreak.OLETTER -> SentenceClass.LETTER;
            case UCharacter.SentenceBreak.NUMERIC -> SentenceClass.NUMERIC;
            case UCharacter.SentenceBreak.EXTEND, UCharacter.SentenceBreak.FORMAT ->
                SentenceClass.EXTEND;
            default -> SentenceClass.OTHER;
        };
    }

    @Test
    void findsEveryTerminator() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            SentenceClass kind = SentenceClass.of(c);
            if (kind == SentenceClass.STOP || kind == SentenceClass.TERMINATOR) {
                String text = Character.toString(c);
                assertThat(SentenceClass.mayEnd(text.charAt(text.length() - 1)))
                        .as("U+%04X", c)
                        .isTrue();
            }
        }
    }

    @Test
    void boundsSentencesAsIcuDoes() {
        BreakIterator icu = BreakIterator.getSentenceInstance(Locale.ROOT);
        for (long seed = 0; seed < 20_000; seed++) {
            String text = random(seed);
            Sentences sentences = new Sentences(text, text.length(), true);
            List<Integer> found = new ArrayList<>();
            for (int at = 0; at < text.length(); at = found.getLast()) {
                found.add(sentences.end(at));
            }
            icu.setText(text);
            List<Integer> expected = new ArrayList<>();
            for (int at = icu.next(); at != BreakIterator.DONE; at = icu.next()) {
                if (Graphemes.boundary(text, 0, at)) {
                    expected.add(at);
                }
            }
            assertThat(found).as("seed %d: %s", seed, text).isEqualTo(expected);
        }
    }

    private static String random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(30); left > 0; left--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @Test
    void endsSentencesBehindQuotesAndInAnyScript() {
        assertThat(
                        split(
                                "He said: \u201CGo!\u201D She went. \u4F60\u597D\u3002\u300C\u597D\uFF01\u300D\u6211\u4EEC\u8D70\u3002"))
                .containsExactly(
                        "He said: \u201CGo!\u201D",
                        "She went.",
                        "\u4F60\u597D\u3002",
                        "\u300C\u597D\uFF01\u300D",
                        "\u6211\u4EEC\u8D70\u3002");
        assertThat(
                        split(
                                "\u0928\u092E\u0938\u094D\u0924\u0947\u0964 \u0915\u0948\u0938\u0947\u0964"))
                .hasSize(2);
    }

    @Test
    void doesNotEndSentencesAtAbbreviations() {
        assertThat(
                        split(
                                "Dr. Who met J. R. R. Tolkien, e.g. in the U.S. Army. See Fig. 3 and No. 5. It was Feb. 4."))
                .containsExactly(
                        "Dr. Who met J. R. R. Tolkien, e.g. in the U.S. Army.",
                        "See Fig. 3 and No. 5.",
                        "It was Feb. 4.");
        assertThat(split("Did you ask? No. He did, z. B. Montag."))
                .containsExactly("Did you ask?", "No.", "He did, z. B. Montag.");
    }

    @Test
    void keepsTheNumberOfAHeadingWithIt() {
        assertThat(split("1. Introduction of 3.5 things. 2.1. Results"))
                .containsExactly("1. Introduction of 3.5 things.", "2.1. Results");
    }

    @Test
    void takesLineEndsForSpacesAndBlankLinesForEnds() {
        assertThat(split("A wrapped\nsentence. And\r\nmore\n\nA heading\n \nText\fPage"))
                .containsExactly(
                        "A wrapped\nsentence.", "And\r\nmore", "A heading", "Text", "Page");
    }
}
