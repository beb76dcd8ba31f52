package dev.kith.jmh;

import dev.kith.text.Format;

import java.util.SplittableRandom;

/** Made-up documents to cut: words of random letters, in the markup of a format. */
final class ChunkerTexts {
    private final SplittableRandom random = new SplittableRandom(42);
    private final StringBuilder text = new StringBuilder();

    private ChunkerTexts() {}

    /** A document of exactly so many characters. */
    static String of(Format format, int length) {
        ChunkerTexts texts = new ChunkerTexts();
        while (texts.text.length() < length) {
            switch (format) {
                case PLAIN, MARKDOWN -> texts.markdown();
                case HTML -> texts.html();
                case CODE -> texts.code();
            }
        }
        return texts.text.substring(0, length);
    }

    private void markdown() {
        switch (random.nextInt(12)) {
            case 0 -> line("## ", 3 + random.nextInt(6), "\n\n");
            case 1, 2, 3 -> {
                for (int items = 2 + random.nextInt(5); items > 0; items--) {
                    line(random.nextInt(4) == 0 ? "  - " : "- ", 3 + random.nextInt(18), "\n");
                }
                text.append('\n');
            }
            case 4 -> {
                text.append("```java\n");
                for (int lines = 2 + random.nextInt(10); lines > 0; lines--) {
                    line("    ", 2 + random.nextInt(8), ";\n");
                }
                text.append("```\n\n");
            }
            case 5 -> {
                text.append("| name | value |\n| --- | ---: |\n");
                for (int rows = 2 + random.nextInt(10); rows > 0; rows--) {
                    line("| ", 2, " ");
                    line("| ", 3, " |\n");
                }
                text.append('\n');
            }
            default -> paragraph("", "", "\n\n");
        }
    }

    private void html() {
        switch (random.nextInt(10)) {
            case 0 -> line("<h2 id=\"s\">", 3 + random.nextInt(6), "</h2>\n");
            case 1, 2 -> {
                text.append("<ul class=\"list\">\n");
                for (int items = 2 + random.nextInt(5); items > 0; items--) {
                    line("  <li>", 3 + random.nextInt(18), "</li>\n");
                }
                text.append("</ul>\n");
            }
            case 3 -> {
                text.append("<table>\n<tr><th>name</th><th>value</th></tr>\n");
                for (int rows = 2 + random.nextInt(10); rows > 0; rows--) {
                    line("<tr><td>", 2, "</td>");
                    line("<td>", 3, "</td></tr>\n");
                }
                text.append("</table>\n");
            }
            default ->
                paragraph(
                        "<p>",
                        "<a href=\"https://example.com/page\" title=\"a page\">link &amp; more</a> ",
                        "</p>\n");
        }
    }

    private void code() {
        line("/** ", 8, ". */\n");
        line("class ", 1, " {\n");
        for (int methods = 1 + random.nextInt(8); methods > 0; methods--) {
            line("    void ", 1, "() {\n");
            for (int lines = 1 + random.nextInt(20); lines > 0; lines--) {
                line(
                        random.nextInt(3) == 0 ? "            " : "        ",
                        1 + random.nextInt(8),
                        ";\n");
            }
            text.append("    }\n\n");
        }
        text.append("}\n\n");
    }

    private void paragraph(String before, String inside, String behind) {
        text.append(before);
        for (int sentences = 1 + random.nextInt(20); sentences > 0; sentences--) {
            line("", 3 + random.nextInt(18), ". ");
            text.append(random.nextInt(4) == 0 ? inside : "");
        }
        text.append(behind);
    }

    private void line(String before, int words, String behind) {
        text.append(before);
        for (int left = words; left > 0; left--) {
            for (int letters = 1 + random.nextInt(10); letters > 0; letters--) {
                char first = left == words && !before.startsWith(" ") ? 'A' : 'a';
                text.append((char) (first + random.nextInt(26)));
            }
            text.append(left == 1 ? "" : " ");
        }
        text.append(behind);
    }
}
