package dev.kith.chunking;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a text may be cut without cutting a user-perceived character: the boundaries of extended grapheme clusters
 * (Unicode Standard Annex 29). Looks only at the place asked about: two characters that never join settle it, else the
 * clusters are counted from the nearest such pair before it, and never from before a boundary that the caller knows.
 */
final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    private static final char MALAYALAM_DOT_REPH = '\u0D4E';

    private Graphemes() {}

    /** Whether a cluster starts at pos, given that one starts at known &lt;= pos. */
    static boolean boundary(String text, int known, int pos) {
        return last(text, known, pos) == pos;
    }

    /** The last boundary in [known, pos], given that known is one. */
    static int last(String text, int known, int pos) {
        if (pos <= known || pos >= text.length() || apart(text, pos)) {
            return pos;
        }
        int safe = pos - 1;
        while (safe > known && !apart(text, safe)) {
            safe--;
        }
        // Whether pos is a boundary depends on what is before it and on one code point behind it.
        int end = pos + Character.charCount(text.codePointAt(pos));
        Matcher clusters = CLUSTER.matcher(text).region(safe, end);
        int last = safe;
        while (clusters.find() && clusters.end() <= pos) {
            last = clusters.end();
        }
        return last;
    }

    /** The first boundary in [pos, limit], given that known &lt;= pos is one and limit counts as one. */
    static int first(String text, int known, int pos, int limit) {
        int last = last(text, known, pos);
        if (last == pos) {
            return pos;
        }
        Matcher cluster = CLUSTER.matcher(text).region(last, limit);
        return cluster.find() ? cluster.end() : limit;
    }

    /** Whether the units on both sides of pos surely belong to different clusters; false if a closer look is needed. */
    static boolean apart(String text, int pos) {
        char before = text.charAt(pos - 1);
        char after = text.charAt(pos);
        if (plain(before) && plain(after)) {
            return before != '\r' || after != '\n';
        }
        if (before < 0x300) {
            return !joinsBackward(text.codePointAt(pos));
        }
        return after < 0x300 && !joinsForward(before);
    }

    /** Characters of which no two join, CR LF aside: Latin, punctuation, Han, kana, Hangul syllables. */
    private static boolean plain(char c) {
        return c < 0x300
                || (c >= 0x2010 && c <= 0x2027)
                || (c >= 0x3000 && c <= 0x3029)
                || (c >= 0x3041 && c <= 0x3096)
                || (c >= 0x30A0 && c <= 0x30FF)
                || (c >= 0x3400 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xFF01 && c <= 0xFF9D);
    }

    /** Whether the code point may belong to the cluster of a Latin character before it. */
    private static boolean joinsBackward(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_SYMBOL,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> true;
            // Thai and Lao AM, half-width voice marks: letters by category, marks by behaviour.
            default ->
                codePoint == 0x0E33
                        || codePoint == 0x0EB3
                        || codePoint == 0xFF9E
                        || codePoint == 0xFF9F;
        };
    }

    /** Whether a Latin character behind this one may belong to its cluster. */
    private static boolean joinsForward(char c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE -> true;
            default -> c == MALAYALAM_DOT_REPH;
        };
    }
}
