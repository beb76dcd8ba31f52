package dev.kith.chunking;

import java.util.Arrays;
import org.jsoup.parser.Parser;

/**
 * Where the characters of a parsed HTML text come from: characters stand for themselves, references for what they decode
 * to, and what the parser dropped (NULs, the line end behind {@code <pre>}) is skipped. Ascending whatever the input.
 */
final class HtmlAlignment {
    private static final int LONGEST_REFERENCE = 40;

    private final int from;
    /** Where the source of each character starts and ends; empty when the text is its own source. */
    private final int[] starts;

    private final int[] ends;

    private HtmlAlignment(int from, int length) {
        this.from = from;
        this.starts = new int[length];
        this.ends = new int[length];
    }

    /** Aligns a parsed text with [from, to) of the source. */
    static HtmlAlignment of(String source, int from, int to, String parsed) {
        boolean same = parsed.length() == to - from && source.startsWith(parsed, from);
        HtmlAlignment alignment = new HtmlAlignment(from, same ? 0 : parsed.length());
        // NULs are dropped in most places and replaced in some, such as a text area.
        if (!same && !alignment.fill(source, from, to, parsed, true)) {
            alignment.fill(source, from, to, parsed, false);
        }
        return alignment;
    }

    /** Whether the parsed text is its own source. */
    boolean isSame() {
        return starts.length == 0;
    }

    /** Where the source of the i-th character of the parsed text starts. */
    int start(int i) {
        return starts.length == 0 ? from + i : starts[i];
    }

    /** Where it ends, exclusive. */
    int end(int i) {
        return ends.length == 0 ? from + i + 1 : ends[i];
    }

    /** Whether the i-th character and the one before it stand for one reference. */
    boolean continues(int i) {
        return starts.length > 0 && i > 0 && starts[i] == starts[i - 1] && ends[i] > starts[i];
    }

    /** Whether each character was found to stand for itself or for a reference. */
    private boolean fill(String source, int from, int to, String parsed, boolean dropNuls) {
        boolean exact = true;
        int at = from;
        int i = 0;
        while (i < parsed.length()) {
            char c = parsed.charAt(i);
            while (at < to && source.charAt(at) != c && dropped(source.charAt(at), dropNuls)) {
                at++;
            }
            int width = at < to ? 1 : 0;
            int length = 1;
            if (width == 1 && source.charAt(at) == '&') {
                String reference = source.substring(at, referenceEnd(source, at, to));
                String decoded = Parser.unescapeEntities(reference, false);
                int same = commonSuffix(reference, decoded);
                if (decoded.length() > same && parsed.startsWith(decoded, i)) {
                    width = reference.length() - same;
                    length = decoded.length() - same;
                }
            }
            exact &=
                    width > 1 || (width == 1 && (source.charAt(at) == c || source.charAt(at) == 0));
            Arrays.fill(starts, i, i + length, at);
            Arrays.fill(ends, i, i + length, at + width);
            at += width;
            i += length;
        }
        return exact;
    }

    private static boolean dropped(char c, boolean dropNuls) {
        return c == '\n' || c == '\r' || (c == 0 && dropNuls);
    }

    /** The end of what may be a character reference: an ampersand with the letters, digits and semicolon behind it. */
    private static int referenceEnd(String source, int start, int to) {
        int limit = Math.min(to, start + LONGEST_REFERENCE);
        int at = start + 1;
        if (at < limit && source.charAt(at) == '#') {
            at++;
        }
        while (at < limit && alphanumeric(source.charAt(at))) {
            at++;
        }
        return at < limit && source.charAt(at) == ';' ? at + 1 : at;
    }

    private static boolean alphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** How many characters behind a reference without semicolon stayed as they were. */
    private static int commonSuffix(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length())
                && a.charAt(a.length() - 1 - length) == b.charAt(b.length() - 1 - length)) {
            length++;
        }
        return length;
    }
}
