package dev.kith.retrieval.context;

import dev.kith.text.Span;

import org.jspecify.annotations.Nullable;

/**
 * Where the characters of a visible text stand in the HTML that it was read from. Markup, comments and white space are passed
 * over, everything else must be the text: what is not as plain as that, such as a script between two words, has no map.
 */
final class VisibleText {
    /** The longest name is {@code CounterClockwiseContourIntegral}. */
    private static final int LONGEST_REFERENCE = 33;
    /** A reference by a name that is not read here: it stands for something beyond ASCII. */
    private static final int NAMED = -2;

    private static final int NONE = -1;
    private static final int NO_BREAK_SPACE = 0xA0;
    private static final int HEXADECIMAL = 16;
    private static final int DECIMAL = 10;

    private final String source;
    private final int[] starts;
    private final int[] ends;
    private int at;

    private VisibleText(String source, int length) {
        this.source = source;
        this.starts = new int[length];
        this.ends = new int[length];
    }

    /** The map, or null if the text cannot be found in the source. */
    static @Nullable VisibleText of(String source, String text) {
        VisibleText map = new VisibleText(source, text.length());
        return map.align(text) ? map : null;
    }

    /** Where a range of the text comes from; neither its first nor its last character is white space. */
    Span source(Span range) {
        return new Span(starts[range.start()], ends[range.end() - 1]);
    }

    private boolean align(String text) {
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            if (Sentences.isWhite(c)) {
                continue;
            }
            skip();
            int end = end(c);
            if (end < 0) {
                return false;
            }
            for (int unit = i; unit < next; unit++) {
                starts[unit] = at;
                ends[unit] = end;
            }
            at = end;
        }
        return true;
    }

    /** Passes over white space and markup. */
    private void skip() {
        while (at < source.length()) {
            int reference = referenceEnd();
            if (reference > 0 && Sentences.isWhite(decoded(reference))) {
                at = reference;
            } else if (Sentences.isWhite(source.codePointAt(at))) {
                at++;
            } else if (opensMarkup()) {
                at = markupEnd();
            } else {
                return;
            }
        }
    }

    /** Where the comment or tag that starts here ends; a quoted attribute may hold what else ends a tag. */
    private int markupEnd() {
        if (source.startsWith("<!--", at)) {
            int end = source.indexOf("-->", at);
            return end < 0 ? source.length() : end + "-->".length();
        }
        char quote = 0;
        for (int i = at; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                return i + 1;
            } else if ((c == '"' || c == '\'') && opensValue(i)) {
                quote = c;
            }
        }
        return source.length();
    }

    /** Whether a quotation mark stands behind an equals sign; elsewhere it is a part of a name. */
    private boolean opensValue(int mark) {
        int before = mark - 1;
        while (before > at && Character.isWhitespace(source.charAt(before))) {
            before--;
        }
        return source.charAt(before) == '=';
    }

    private boolean opensMarkup() {
        if (source.charAt(at) != '<' || at + 1 == source.length()) {
            return false;
        }
        char c = source.charAt(at + 1);
        return c == '/' || c == '!' || c == '?' || Character.isLetter(c);
    }

    /** Where a character ends if it stands here, or -1. */
    private int end(int c) {
        if (at >= source.length()) {
            return NONE;
        }
        int reference = referenceEnd();
        int decoded = reference > 0 ? decoded(reference) : NONE;
        if (decoded == c || (decoded == NAMED && c > '~')) {
            return reference;
        }
        return source.codePointAt(at) == c ? at + Character.charCount(c) : NONE;
    }

    /** Where a character reference ends if one starts here, or -1. */
    private int referenceEnd() {
        if (source.charAt(at) != '&') {
            return NONE;
        }
        int limit = Math.min(source.length(), at + LONGEST_REFERENCE);
        int i = at + 1;
        while (i < limit
                && (Character.isLetterOrDigit(source.charAt(i)) || source.charAt(i) == '#')) {
            i++;
        }
        return i < limit && i > at + 1 && source.charAt(i) == ';' ? i + 1 : NONE;
    }

    /** The code point of the reference that ends there, {@link #NAMED}, or -1 if it is none. */
    private int decoded(int end) {
        String name = source.substring(at + 1, end - 1);
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            case "nbsp" -> NO_BREAK_SPACE;
            default -> name.startsWith("#") ? number(name.substring(1)) : NAMED;
        };
    }

    private static int number(String digits) {
        boolean hexadecimal = digits.startsWith("x") || digits.startsWith("X");
        try {
            return hexadecimal
                    ? Integer.parseInt(digits.substring(1), HEXADECIMAL)
                    : Integer.parseInt(digits, DECIMAL);
        } catch (NumberFormatException _) {
            return NONE;
        }
    }
}
