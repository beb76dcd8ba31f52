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
    private static final int REGIONAL_A = 0x1F1E6;
    private static final int REGIONAL_Z = 0x1F1FF;

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
        return !joinsBackward(text.codePointAt(pos)) && !joinsForward(text.codePointBefore(pos));
    }

    /** Characters of which no two join, CR LF aside: Latin, punctuation, Han, kana, Hangul syllables, byte order marks. */
    private static boolean plain(char c) {
        return c < 0x300
                || c == 0xFEFF
                || (c >= 0x2010 && c <= 0x2027)
                || (c >= 0x3000 && c <= 0x3029)
                || (c >= 0x3041 && c <= 0x3096)
                || (c >= 0x30A0 && c <= 0x30FF)
                || (c >= 0x3400 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xFF01 && c <= 0xFF9D);
    }

    /** Whether the code point may belong to the cluster of one before it. */
    private static boolean joinsBackward(int codePoint) {
        return unclear(codePoint)
                || Character.getType(codePoint) == Character.MODIFIER_SYMBOL
                || within(codePoint, 0x1160, 0x11FF) // Hangul vowels and finals
                || within(codePoint, 0xD7B0, 0xD7FF)
                || within(codePoint, 0xFF9E, 0xFF9F) // half-width voice marks
                || within(codePoint, REGIONAL_A, REGIONAL_Z)
                || codePoint == 0x0E33 // Thai and Lao AM
                || codePoint == 0x0EB3;
    }

    /** Whether a code point behind this one may belong to its cluster, when that one does not join backward. */
    private static boolean joinsForward(int codePoint) {
        return unclear(codePoint)
                || within(codePoint, 0x1100, 0x11FF) // Hangul initials and vowels
                || within(codePoint, 0xA960, 0xA97F)
                || within(codePoint, 0xD7B0, 0xD7FF)
                || within(codePoint, 0xFF9E, 0xFF9F)
                || codePoint == 0x0D4E; // Malayalam dot reph
    }

    private static boolean unclear(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> true;
            case Character.OTHER_SYMBOL -> false;
            default -> codePoint > 0xFFFF;
        };
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
