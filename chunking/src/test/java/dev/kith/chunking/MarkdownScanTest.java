package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The scanner finds what the parser finds in the whole text. */
final class MarkdownScanTest {
    private static final List<String> LINES = List.of(
            "",
            "",
            "",
            "",
            " ",
            "\t",
            "words",
            "More words and",
            "  indented",
            "    code",
            "\tcode",
            "# Title",
            "## A *b* #",
            "#",
            "####### no",
            "Setext",
            "===",
            "---",
            "- item",
            "- other",
            "* star",
            "+ plus",
            "-",
            "- ",
            "  - nested",
            "    deep",
            "1. one",
            "2. two",
            "10) ten",
            "12 monkeys",
            "> quote",
            ">",
            "> - both",
            "```",
            "```java",
            "````",
            "   ```",
            "    ```",
            "- ```",
            "~~~",
            "~~~ x",
            "``code``",
            "`code` here",
            "| a | b |",
            "|---|---|",
            "a | b",
            "--- | ---",
            ":--",
            "<div>",
            "</div>",
            "<!-- open",
            "close -->",
            "<!-- both -->",
            "<script>",
            "</script>",
            "<pre>",
            "<?php",
            "?>",
            "<![CDATA[",
            "]]>",
            "<!X",
            "<b>inline</b>",
            "[a]: /b",
            "[a]:",
            "[a](b) link",
            "[a",
            "b]: c",
            "[^1]: note",
            "***",
            "* * *",
            "*emphasis*",
            "**bold**",
            "__",
            "_x_",
            "\u4F60\u597D\u3002",
            "\u300C\u597D\u300D",
            "\u00A0",
            "\f",
            "\0",
            "\"quoted\"",
            "(in brackets)",
            "\\# no",
            "&amp; so",
            "\uD83D\uDE00",
            "\uFEFF",
            "trailing  ",
            "\u0301 mark");

    private static void compare(String text, String name) {
        int origin = text.startsWith("\uFEFF") ? 1 : 0;
        assertThat(MarkdownScan.of(text, 0))
                .as(name)
                .isEqualTo(MarkdownBlocks.parse(text, origin, text.length()).blocks());
    }

    @Test
    void findsTheBlocksThatTheParserFindsInTheSpecification() {
        compare(CommonMarkSpec.text(), "the specification");
        List<String> examples = CommonMarkSpec.examples();
        assertThat(examples).hasSizeGreaterThan(600);
        for (int i = 0; i < examples.size(); i++) {
            String next = examples.get((i + 1) % examples.size());
            compare(examples.get(i), "example " + i);
            compare(examples.get(i) + "\nwords\n\n" + next, "example " + i + " and the next one");
            compare(examples.get(i) + "\n" + next, "example " + i + " above the next one");
        }
    }

    @Test
    void findsTheBlocksThatTheParserFindsInRandomTexts() {
        for (long seed = 0; seed < 60_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String lineEnd = List.of("\n", "\n", "\r\n", "\r").get(random.nextInt(4));
            StringBuilder text = new StringBuilder();
            for (int left = 1 + random.nextInt(20); left > 0; left--) {
                text.append(LINES.get(random.nextInt(LINES.size()))).append(lineEnd);
                text.append(random.nextInt(3) == 0 ? lineEnd : "");
            }
            compare(text.toString(), "seed " + seed + ":\n" + text);
        }
    }
}
