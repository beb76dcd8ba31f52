package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GraphemesTest {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** One of each kind that the rules for clusters tell apart. */
    private static final List<String> KINDS = List.of(
            "a",
            " ",
            "\r",
            "\n",
            "\u0301",
            "\u200D",
            "\u200C",
            "\u0600",
            "\u0903",
            "\u0915",
            "\u094D",
            "\u1100",
            "\u1161",
            "\u11A8",
            "\uAC00",
            "\uAC01",
            "\u4E00",
            "\u0E01",
            "\u0E33",
            "\uD83D\uDC69",
            "\uD83C\uDFFD",
            "\uD83C\uDDE9",
            "\u00A9",
            "\uD83D",
            "\uDE00",
            "\uFE0F",
            "\u0D4E",
            "\u0995",
            "\u09CD",
            "x\u200D",
            "\u2764");

    @Test
    void keepsApartOnlyWhatNeverJoins() {
        for (int codePoint = 0; codePoint < 0x20000; codePoint++) {
            String character = Character.toString(codePoint);
            for (String kind : KINDS) {
                check(kind, character);
                check(character, kind);
            }
        }
    }

    private static void check(String before, String after) {
        String pair = before + after;
        if (Graphemes.apart(pair, before.length())) {
            for (String prefix :
                    List.of("", "\uD83D\uDC69\u200D", "\u0915\u094D", "\uD83C\uDDE9")) {
                String text = prefix + pair;
                assertThat(boundary(text, prefix.length() + before.length()))
                        .as("%s then %s is a boundary in %s", name(before), name(after), name(text))
                        .isTrue();
            }
        }
    }

    @Test
    void findsTheBoundariesOfTheWholeText() {
        for (String a : KINDS) {
            for (String b : KINDS) {
                for (String c : KINDS) {
                    String text = a + b + c + a + b;
                    for (int at = 0; at <= text.length(); at++) {
                        assertThat(Graphemes.boundary(text, 0, at))
                                .as("boundary at %d of %s", at, name(text))
                                .isEqualTo(boundary(text, at));
                    }
                }
            }
        }
    }

    private static boolean boundary(String text, int pos) {
        Matcher clusters = CLUSTER.matcher(text);
        int end = 0;
        while (end < pos && clusters.find()) {
            end = clusters.end();
        }
        return end == pos;
    }

    private static String name(String text) {
        StringBuilder name = new StringBuilder();
        for (char c : text.toCharArray()) {
            name.append("\\u").append(Integer.toHexString(c));
        }
        return name.toString();
    }
}
