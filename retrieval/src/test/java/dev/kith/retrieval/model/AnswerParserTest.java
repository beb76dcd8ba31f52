package dev.kith.retrieval.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerParserTest {
    private static final String QUESTION = "How do I rotate keys?";
    private static final List<String> BOTH = List.of("How are keys rotated?", "Key rotation steps");

    static Stream<String> listsOfTwo() {
        return Stream.of(
                "How are keys rotated?\nKey rotation steps",
                "1. How are keys rotated?\n2. Key rotation steps\n",
                "1) How are keys rotated?\r\n2) Key rotation steps",
                "Here are two versions:\n\n- How are keys rotated?\n- Key rotation steps\n\nHope it helps!",
                "* **How are keys rotated?**\n* \"Key rotation steps\"",
                "\u2022 How are keys rotated?\n\u2022 \u201cKey rotation steps\u201d",
                "(1) How are keys rotated?\n(2) Key rotation steps",
                "[1] How are keys rotated?\n[2] Key rotation steps",
                "a) How are keys rotated?\nb) Key rotation steps",
                "Q1: How are keys rotated?\nQ2: Key rotation steps",
                "Question 1: How are keys rotated?\nQuestion 2: Key rotation steps",
                "[\"How are keys rotated?\", \"Key rotation steps\"]",
                "```json\n[\"How are keys rotated?\",\n \"Key rotation steps\"]\n```",
                "Sure: {\"queries\": [\"How are keys rotated?\", \"Key rotation steps\"]}",
                "[{\"id\": 1, \"q\": \"How are keys rotated?\"}, {\"q\": \"Key rotation steps\"}, 7, null]",
                "<think>1. nonsense\n2. more</think>\nHow are keys rotated?\n\n\nKey rotation steps",
                "1. How are keys rotated?\n2. how are KEYS rotated\n3. how do i rotate keys\n4. Key rotation steps",
                "1. " + "x".repeat(2000) + "\n2. How are keys rotated?\n3. Key rotation steps",
                "How are\u0000keys rotated?\nKey rotation steps\n\"\"\n***\n---",
                "Two (with [brackets]):\n1. How are keys rotated?\n2. Key rotation steps");
    }

    @ParameterizedTest
    @MethodSource
    void listsOfTwo(String answer) {
        assertThat(AnswerParser.list(answer, QUESTION, 5)).isEqualTo(BOTH);
        assertThat(AnswerParser.list(answer, QUESTION, 1)).isEqualTo(BOTH.subList(0, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n\t",
                "\"\"",
                "[]",
                "```\n```",
                "...",
                "how do i ROTATE keys",
                "\u0000"
            })
    void nothingIsNothing(String answer) {
        assertThat(AnswerParser.list(answer, QUESTION, 5)).isEmpty();
        assertThat(AnswerParser.list(null, QUESTION, 5)).isEmpty();
    }

    @Test
    void numbersInsideAQuestionAreNoMarkers() {
        assertThat(AnswerParser.list("3.5 mm jacks\n1984 by Orwell\nIs 2. right?", QUESTION, 5))
                .containsExactly("3.5 mm jacks", "1984 by Orwell", "Is 2. right?");
    }

    @Test
    void termsMayStandBetweenCommas() {
        assertThat(AnswerParser.terms(
                        "Keywords: \n1. key rotation, kms; HSM\n2. kms, rekeying", QUESTION, 9))
                .containsExactly("key rotation", "kms", "HSM", "rekeying");
        assertThat(AnswerParser.terms("[\"kms\", \"HSM, rekeying\"]", QUESTION, 2))
                .containsExactly("kms", "HSM");
    }

    static Stream<Arguments> paragraphs() {
        return Stream.of(
                Arguments.of(" Keys are\r\n rotated.\n\nTwice.", "Keys are rotated. Twice."),
                Arguments.of("<think>hm</think>Keys", "Keys"),
                Arguments.of("...", ""),
                Arguments.of(null, ""),
                Arguments.of("word ".repeat(100), ("word ".repeat(10)).strip()),
                Arguments.of("x".repeat(100), "x".repeat(50)));
    }

    @ParameterizedTest
    @MethodSource
    void paragraphs(String answer, String expected) {
        assertThat(AnswerParser.paragraph(answer, 50)).isEqualTo(expected);
    }

    @Test
    void neverCutsASurrogatePair() {
        assertThat(AnswerParser.cut("a" + "\uD83D\uDE00".repeat(5), 4)).isEqualTo("a\uD83D\uDE00");
    }

    @Test
    void staysBoundedOnAnyAnswer() {
        long seed = 20260;
        Random random = new Random(seed);
        String[] pieces = {
            "[",
            "]",
            "{",
            "}",
            "\"",
            "\\",
            ",",
            ":",
            "1. ",
            "- ",
            "\n",
            "\r",
            " ",
            "</think>",
            "```",
            "*",
            "word",
            "\uD83D",
            "\uDE00",
            "\u0000",
            "null",
            "7",
            "Q:",
            "\u2028"
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder answer = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                answer.append(pieces[random.nextInt(pieces.length)]);
            }
            String as = "seed " + seed + ", round " + round + ": " + answer;
            List<String> items = AnswerParser.list(answer.toString(), QUESTION, 3);
            assertThat(items).as(as).hasSizeLessThanOrEqualTo(3).doesNotHaveDuplicates();
            assertThat(items)
                    .as(as)
                    .allMatch(item -> !item.isBlank() && item.length() <= AnswerParser.MAX_ITEM);
            assertThat(AnswerParser.paragraph(answer.toString(), 20))
                    .as(as)
                    .hasSizeLessThanOrEqualTo(20);
        }
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(AnswerParser.list(deep, QUESTION, 3)).isEmpty();
        assertThat(AnswerParser.list("1. 1. ".repeat(100_000) + "\n".repeat(100_000), QUESTION, 3))
                .isEmpty();
        assertThat(AnswerParser.list("line\n".repeat(1_000_000), QUESTION, 3))
                .containsExactly("line");
    }
}
