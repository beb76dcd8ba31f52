package dev.kith.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Texts that break text code: every script, broken Unicode, broken markup, and random mixtures of them. */
final class HostileTexts {
    private static final String FAMILY =
            "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
    private static final String FLAGS =
            "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7\uD83C\uDDEF\uD83C\uDDF5";

    private static final String MARKDOWN = """
            ---
            title: "The manual"
            tags: [a, b]
            ---
            # The manual

            First words. They go on, and on! Do they? Yes.
            A second line of the same paragraph, with `code` and *emphasis*.

            Setext heading
            ==============

            - one
            - two
              - two and a half

                with a paragraph
            - three

            1. first
            2. second

            > A quotation
            > of two lines
            lazily continued

            ```java
            int x = 1;

            # not a heading
            ```

                indented code

            | name | value |
            | ---- | ----: |
            | a    |     1 |
            | b    |     2 |

            <div class="x">
            <p>html</p>
            </div>

            [ref]: https://example.com "title"

            ### Deep `title` ###
            #### Deeper
            Text under it.
            ***
            ## Last *one*
            """;

    private static final String HTML = """
            <!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body>
            <h1>Manual &amp; more</h1><p>First <b>bold</b> words.&nbsp;They   go
            on &#8212; and on.</p><p>Second&hellip;</p>
            <h2>List</h2><ul><li>one</li><li>two <ul><li>deep</li></ul></li></ul>
            <table><tr><th>name</th><th>value</th></tr><tr><td>a</td><td>1</td></tr>
            misplaced<tr><td>b<td>2</table><script>var hidden = 1;</script>
            <pre>
              kept   as
               it is</pre><p>a<br>b<br><br>c<hr>d</p><!-- no --><div hidden>no</div></body></html>
            """;

    private static final List<String> PIECES = List.of(
            "a",
            "word",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            ".",
            "! ",
            "? ",
            "\"",
            ") ",
            "# ",
            "## ",
            "- ",
            "1. ",
            "> ",
            "```\n",
            "    ",
            "| a | b |\n",
            "|---|---|\n",
            "---\n",
            "===\n",
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<ul>",
            "<li>",
            "<pre>",
            "</pre>",
            "<h2>",
            "</h2>",
            "<b>",
            "</b>",
            "<br>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "&amp;",
            "&notit;",
            "&fjlig;",
            "&#x1F600;",
            "&#0;",
            "&",
            "<",
            "\0",
            "\uFEFF",
            "\u00A0",
            "\u3000",
            "\u2028",
            "\u4F60\u597D",
            "\u3002",
            "\u300D",
            "\u0645\u0631\u062D\u0628\u0627",
            "\u0600",
            "\u0E01\u0E33",
            "\u1100\u1161\u11A8",
            "\uD55C",
            "\u0915\u094D\u0937\u093F",
            "e\u0301",
            "\u0301",
            "\u200D",
            "\uFE0F",
            "\uD83D\uDE00",
            "\uD83D\uDC4D\uD83C\uDFFD",
            FAMILY,
            "\uD83C\uDDE9",
            FLAGS,
            "\uD83D",
            "\uDE00",
            "\uFF76\uFF9E",
            "supercalifragilistic");

    private HostileTexts() {}

    /** Texts by hand. */
    static List<String> all() {
        List<String> texts = new ArrayList<>(List.of(
                MARKDOWN,
                MARKDOWN.replace("\n", "\r\n"),
                MARKDOWN.replace("\n", "\r"),
                "\uFEFF" + MARKDOWN,
                "\uFEFF# Title\n\ntext",
                MARKDOWN.substring(MARKDOWN.indexOf("# The")).repeat(20),
                HTML,
                HTML.replace("\n", "\r\n"),
                HTML.repeat(8)));
        texts.addAll(List.of(
                "\u4F60\u597D\u3002\u300C\u4E16\u754C\uFF01\u300D\u4F60\u53EB\u4EC0\u4E48\uFF1F"
                        .repeat(60),
                "\u0645\u0631\u062D\u0628\u0627 \u0628\u0643\u0645\u061F \u0646\u0639\u0645. "
                        .repeat(60),
                "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35\u0E04\u0E33".repeat(80),
                "\u0915\u094D\u0937\u093F\u092E\u093E \u0928\u092E\u0938\u094D\u0924\u0947\u0964 "
                        .repeat(50),
                "\u1112\u1161\u11AB\u1100\u1173\u11AF\uD55C\uAE00".repeat(60),
                FAMILY.repeat(200),
                ("x" + FAMILY + " y ").repeat(50),
                FLAGS.repeat(150),
                "a" + FLAGS.repeat(20) + "\uD83C\uDDE9" + FLAGS.repeat(20),
                "e\u0301o\u0308".repeat(300),
                "Z" + "\u0301".repeat(3000) + "algo",
                " \u0301 \u0301\n\u0301".repeat(100)));
        texts.addAll(List.of(
                "\uD83D".repeat(300),
                "\uDE00\uD83D ".repeat(200),
                "a\0b \0\0 c\n\0".repeat(100),
                "x".repeat(5000),
                "short " + "y".repeat(4000) + " end",
                " ".repeat(3000) + "in the middle" + " \n".repeat(3000) + "end",
                "\r\n".repeat(500) + "a\r\nb\r\n\r\nc",
                "one\fpage\ftwo\u2029three\u2028four",
                "\uFEFF\uFEFFx\uFEFF",
                ">".repeat(3000) + " deep",
                "- ".repeat(1500) + "deep",
                "<div><ul><li>".repeat(800) + "deep",
                "# ".repeat(900)));
        return texts;
    }

    /** Texts without anything to see. */
    static List<String> blank() {
        return List.of("", " ", "\n\n\r\n\t", "\u00A0\u3000\u2003", "\uFEFF", " \uFEFF\n\u2028 ");
    }

    /** A random mixture of up to 400 pieces. */
    static String random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        int usual = random.nextInt(PIECES.size());
        for (int left = random.nextInt(400); left > 0; left--) {
            int piece = random.nextInt(4) == 0 ? usual : random.nextInt(PIECES.size());
            text.append(PIECES.get(piece));
        }
        return text.toString();
    }

    /** One line of words of several scripts, of at least a length. */
    static String line(int length) {
        SplittableRandom random = new SplittableRandom(length);
        StringBuilder text = new StringBuilder(length + 64);
        while (text.length() < length) {
            int kind = random.nextInt(100);
            if (kind == 0) {
                text.append("\u4F60\u597D\u4E16\u754C\u3002");
            } else if (kind == 1) {
                text.append(FAMILY);
            } else {
                for (int letters = 1 + random.nextInt(10); letters > 0; letters--) {
                    text.append((char) ('a' + random.nextInt(26)));
                }
            }
            text.append(kind < 12 ? ". " : " ");
        }
        return text.toString();
    }
}
