package dev.kith.chunking;

/**
 * Natural places to cut a text, and its white space. From strong to weak: between paragraphs (a blank line, a form feed),
 * lines, sentences (a terminator and white space, or a CJK terminator), words (white space).
 */
final class Breaks {
    private static final int WORD = 1;
    private static final int SENTENCE = 2;
    private static final int LINE = 3;
    static final int PARAGRAPH = 4;
    /** How many quotes and brackets may close a sentence: a page of them must not be read for each of its breaks. */
    private static final int MOST_CLOSING = 16;

    private Breaks() {}

    /** White space: what Java or Unicode says, no-break spaces and the byte order mark included. */
    static boolean white(char c) {
        if (c < 0xA0) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
        }
        return switch (c) {
            case 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    /** The first place from start that is not white space, or end. Cuts no white space off a mark that sits on it. */
    static int skip(String text, int start, int end) {
        int at = start;
        while (at < end && white(text.charAt(at)) && parts(text, at, at + 1, end)) {
            at++;
        }
        return at;
    }

    /** The end without the white space before it, at least start. */
    static int trim(String text, int start, int end) {
        int at = end;
        while (at > start && white(text.charAt(at - 1)) && parts(text, start, at - 1, end)) {
            at--;
        }
        return at;
    }

    /** Whether white space may be trimmed up to pos: at a boundary, or between CR and LF, which are both white. */
    private static boolean parts(String text, int known, int pos, int end) {
        return pos == end || text.charAt(pos) == '\n' || Graphemes.boundary(text, known, pos);
    }

    /**
     * The last of the strongest breaks in (low, high], or -1 if there is none. What stands at a break is not white space.
     *
     * @param flowing whether a single line end means no more than a space
     */
    static int last(String text, int low, int high, boolean flowing) {
        if (low >= high) {
            return -1;
        }
        if (hasRareLineEnds(text, Math.max(0, low), high)) {
            return last(text, low, high, flowing, PARAGRAPH);
        }
        int line = lastLine(text, Math.max(0, low), high, flowing);
        return line >= 0 ? line : last(text, low, high, flowing, SENTENCE);
    }

    private static boolean hasRareLineEnds(String text, int low, int high) {
        return text.indexOf('\r', low, high) >= 0
                || text.indexOf('\f', low, high) >= 0
                || text.indexOf('\u2028', low, high) >= 0
                || text.indexOf('\u2029', low, high) >= 0;
    }

    /** The last of the strongest breaks behind line feeds; jumps from one to the next, as most text has few. */
    private static int lastLine(String text, int low, int high, boolean flowing) {
        int best = -1;
        int strength = flowing ? LINE : SENTENCE;
        int at = text.indexOf('\n', low, high);
        while (at >= 0) {
            int end = at + 1;
            while (end < high && white(text.charAt(end))) {
                end++;
            }
            int found = gap(text, runStart(text, at), end, flowing);
            if (found >= LINE && found >= strength && starts(text, end)) {
                best = end;
                strength = found;
            }
            at = text.indexOf('\n', end, high);
        }
        return best;
    }

    /** The last of the strongest breaks, in one backward pass that ends at the first one that is strong enough. */
    private static int last(String text, int low, int high, boolean flowing, int enough) {
        int best = -1;
        int strength = 0;
        int at = high;
        while (at > low && strength < enough) {
            char before = text.charAt(at - 1);
            if (before > ' ' && before < 0xA0) {
                at--;
                continue;
            }
            int start = white(before) ? runStart(text, at - 1) : at - 1;
            int found = white(before) ? gap(text, start, at, flowing) : cjk(text, at);
            if (found > strength && starts(text, at)) {
                best = at;
                strength = found;
            }
            at = start;
        }
        return best;
    }

    /** Where the next paragraph starts behind a place that is not white space, or to. */
    static int paragraphEnd(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            boolean passive = c > '\r' && c < '\u2028';
            if (!passive && isLineEnd(c)) {
                int end = skip(text, at, to);
                if (end == to || gap(text, at, end, true) == PARAGRAPH) {
                    return end;
                }
                at = Math.max(at, end - 1);
            }
        }
        return to;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\f' || c == '\u2028' || c == '\u2029';
    }

    private static boolean starts(String text, int at) {
        return at < text.length() && !white(text.charAt(at)) && Graphemes.apart(text, at);
    }

    private static int runStart(String text, int at) {
        int start = at;
        while (start > 0 && white(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The strength of the white space in [start, end). */
    static int gap(String text, int start, int end, boolean flowing) {
        int lines = 0;
        for (int i = start; i < end && lines < 2; i++) {
            lines += switch (text.charAt(i)) {
                case '\n', '\u2028' -> 1;
                case '\r' -> i + 1 < end && text.charAt(i + 1) == '\n' ? 0 : 1;
                case '\f', '\u2029' -> 2;
                default -> 0;
            };
        }
        if (lines >= 2) {
            return PARAGRAPH;
        }
        if (lines == 1 && !flowing) {
            return LINE;
        }
        return endsSentence(text, start) ? SENTENCE : WORD;
    }

    private static boolean endsSentence(String text, int end) {
        int at = beforeClosing(text, end);
        return at >= 0 && (terminates(text.charAt(at)) || terminatesCjk(text.charAt(at)));
    }

    /** The last character before end that closes nothing. */
    private static int beforeClosing(String text, int end) {
        int at = end - 1;
        int first = Math.max(0, at - MOST_CLOSING);
        while (at > first && closes(text.charAt(at))) {
            at--;
        }
        return at;
    }

    /** The strength of a break behind a character that is not white space. */
    private static int cjk(String text, int end) {
        int at = beforeClosing(text, end);
        if (!terminatesCjk(text.charAt(at)) || end == text.length()) {
            return 0;
        }
        char after = text.charAt(end);
        return terminatesCjk(after) || closes(after) ? 0 : SENTENCE;
    }

    private static boolean terminates(char c) {
        return switch (c) {
            case '.',
                    '!',
                    '?',
                    '\u2026',
                    '\u061F',
                    '\u06D4',
                    '\u0964',
                    '\u0965',
                    '\u1362',
                    '\u203C' -> true;
            default -> false;
        };
    }

    private static boolean terminatesCjk(char c) {
        return switch (c) {
            case '\u3002', '\uFF01', '\uFF1F', '\uFF61', '\uFF0E' -> true;
            default -> false;
        };
    }

    private static boolean closes(char c) {
        return switch (c) {
            case '"', '\'', ')', ']', '}', '*', '_' -> true;
            case '\u00BB', '\u2019', '\u201D', '\u300B', '\u300D', '\u300F', '\u3011', '\uFF09' ->
                true;
            default -> false;
        };
    }
}
