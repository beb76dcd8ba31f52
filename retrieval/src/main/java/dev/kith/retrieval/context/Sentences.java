package dev.kith.retrieval.context;

import dev.kith.text.Span;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text into sentences. A blank line ends one, and so does the start of a list's item, a heading or a table's row. */
final class Sentences {
    private static final Pattern BLOCK_END =
            Pattern.compile("\\R(?=[ \\t]*(?:\\R|[-*+#>|]|\\d{1,3}[.)][ \\t]))");

    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Sentences() {}

    /** The sentences in order, without the white space around them; none is blank, and all that is not blank is in one. */
    static List<Span> of(String text) {
        return of(text, BLOCK_END);
    }

    /** The same of the visible text of HTML, which breaks lines between blocks alone: headings, items, rows. */
    static List<Span> ofVisible(String text) {
        return of(text, LINE_END);
    }

    private static List<Span> of(String text, Pattern blockEnd) {
        List<Span> sentences = new ArrayList<>();
        Matcher end = blockEnd.matcher(text);
        int start = 0;
        while (end.find()) {
            addBlock(text, start, end.start(), sentences);
            start = end.end();
        }
        addBlock(text, start, text.length(), sentences);
        return sentences;
    }

    private static void addBlock(String text, int from, int to, List<Span> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text.substring(from, to));
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            addTrimmed(text, from + start, from + end, sentences);
            start = end;
        }
    }

    private static void addTrimmed(String text, int from, int to, List<Span> sentences) {
        int start = from;
        int end = to;
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            sentences.add(new Span(start, end));
        }
    }

    /** White space, no-break spaces and the byte order mark included. */
    static boolean isWhite(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }
}
