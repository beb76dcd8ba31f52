package dev.kith.chunking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.parser.Parser;

/**
 * Where the characters of the parsed texts of one HTML source come from: characters stand for themselves, references for
 * what they decode to, and what the parser dropped (NULs, the line end behind {@code <pre>}) is skipped. Kept by stretches,
 * ascending whatever the input.
 */
final class HtmlAlignment {
    private static final int LONGEST_REFERENCE = 40;

    private final String source;
    /** What references decode to: to ask the parser costs a parser each time, and documents repeat a few. */
    private final Map<String, String> decoded = new HashMap<>();

    /** Where each stretch ends in the parsed text, and where its source starts and ends. */
    private int[] stops = new int[16];

    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int stretches;

    HtmlAlignment(String source) {
        this.source = source;
    }

    /** Aligns a parsed text with [from, to) of the source, in the place of the text before. */
    void align(int from, int to, String parsed) {
        stretches = 0;
        if (parsed.length() == to - from && source.startsWith(parsed, from)) {
            add(parsed.length(), from, to);
        } else if (!fill(from, to, parsed, true)) {
            // NULs are dropped in most places and replaced in some, such as a text area.
            stretches = 0;
            fill(from, to, parsed, false);
        }
    }

    private void add(int stop, int start, int end) {
        if (stretches == stops.length) {
            stops = Arrays.copyOf(stops, 2 * stretches);
            starts = Arrays.copyOf(starts, 2 * stretches);
            ends = Arrays.copyOf(ends, 2 * stretches);
        }
        stops[stretches] = stop;
        starts[stretches] = start;
        ends[stretches++] = end;
    }

    int stretches() {
        return stretches;
    }

    /** Where a stretch of the parsed text starts. */
    int first(int stretch) {
        return stretch == 0 ? 0 : stops[stretch - 1];
    }

    /** Where it ends, exclusive. */
    int stop(int stretch) {
        return stops[stretch];
    }

    /** Where its source starts. */
    int start(int stretch) {
        return starts[stretch];
    }

    /** Where its source ends, exclusive. */
    int end(int stretch) {
        return ends[stretch];
    }

    /** Whether each of its characters stands for one of the source, else all of them for all of the source. */
    boolean isEachOne(int stretch) {
        return ends[stretch] - starts[stretch] == stop(stretch) - first(stretch);
    }

    /** Whether each character was found to stand for itself or for a reference. */
    private boolean fill(int from, int to, String parsed, boolean dropNuls) {
        boolean exact = true;
        int at = from;
        int i = 0;
        while (i < parsed.length()) {
            int same = same(at, to, parsed, i);
            if (same > 0) {
                add(i + same, at, at + same);
                at += same;
                i += same;
                continue;
            }
            char c = parsed.charAt(i);
            while (at < to && source.charAt(at) != c && dropped(source.charAt(at), dropNuls)) {
                at++;
            }
            int width = at < to ? 1 : 0;
            int length = 1;
            if (width == 1 && source.charAt(at) == '&') {
                String reference = source.substring(at, referenceEnd(source, at, to));
                String meaning = decode(reference);
                int suffix = commonSuffix(reference, meaning);
                if (meaning.length() > suffix && parsed.startsWith(meaning, i)) {
                    width = reference.length() - suffix;
                    length = meaning.length() - suffix;
                }
            }
            exact &=
                    width > 1 || (width == 1 && (source.charAt(at) == c || source.charAt(at) == 0));
            at += width;
            i += length;
            add(i, at - width, at);
        }
        return exact;
    }

    /** How many characters from both places on are the same, and start no reference. */
    private int same(int at, int to, String parsed, int i) {
        int most = Math.min(to - at, parsed.length() - i);
        int same = 0;
        while (same < most
                && source.charAt(at + same) == parsed.charAt(i + same)
                && parsed.charAt(i + same) != '&') {
            same++;
        }
        return same;
    }

    private String decode(String reference) {
        return decoded.computeIfAbsent(
                reference, unknown -> Parser.unescapeEntities(unknown, false));
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
