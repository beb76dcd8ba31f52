package dev.kith.chunking;

import java.util.function.IntPredicate;

/**
 * Cuts running text: each piece reaches as far as the maximum allows and ends at the strongest natural break of the last
 * three quarters of its new text; without one it ends between two grapheme clusters. The next piece starts behind it, or
 * at a natural break inside it when there is overlap.
 *
 * <p>A cluster longer than the maximum is cut between code points; only a single code point, or what is joined,
 * may exceed it. Each piece
 * holds text that the one before did not, and looks at no more of the text than one piece and the white space behind it,
 * so that the work is linear in the text for a fixed size.
 */
final class Cutter {
    /** Takes the pieces in order. */
    @FunctionalInterface
    interface Pieces {
        void add(int start, int end);
    }

    private final String text;
    private final Ruler ruler;
    private final int overlap;
    private final IntPredicate joined;

    /** @param joined whether the characters on both sides of a place in the text must stay together */
    Cutter(String text, Ruler ruler, int overlap, IntPredicate joined) {
        this.text = text;
        this.ruler = ruler;
        this.overlap = overlap;
        this.joined = joined;
    }

    /** Cuts [from, to), both cluster boundaries, into pieces of at most max; overlap is less than max. */
    void cut(int from, int to, int max, boolean flowing, Pieces pieces) {
        int repeat = Math.min(overlap, max - 1);
        int fresh = Breaks.skip(text, from, to);
        int start = fresh;
        while (fresh < to) {
            int end = end(start, fresh, to, max, flowing);
            if (end <= fresh) {
                start = fresh;
                continue;
            }
            int trimmed = Breaks.trim(text, start, end);
            pieces.add(start, trimmed);
            fresh = Breaks.skip(text, end, to);
            start = repeat == 0 ? fresh : restart(start, trimmed, fresh, repeat, flowing);
        }
    }

    /** Where the piece ends that starts at start and must hold fresh; at most fresh if it has no room for that. */
    private int end(int start, int fresh, int to, int max, boolean flowing) {
        int reach = Math.min(to, ruler.reach(start, max));
        int open = Graphemes.boundary(text, Math.min(fresh, reach), reach)
                ? whiteEnd(reach, to)
                : reach;
        if (open == to) {
            return to;
        }
        int natural = Breaks.last(text, fresh + Math.max(0, (reach - fresh) / 4), open, flowing);
        if (natural > fresh) {
            return natural;
        }
        int cluster = before(Graphemes.last(text, fresh, reach));
        if (cluster > fresh || start < fresh) {
            return cluster;
        }
        int one = start + Character.charCount(text.codePointAt(start));
        int some = Math.max(one, insidePair(reach) ? reach - 1 : reach);
        return before(some) > start ? before(some) : behind(some);
    }

    /** The place, or the last before it, where nothing is joined. */
    private int before(int pos) {
        int at = pos;
        while (joined.test(at)) {
            at--;
        }
        return at;
    }

    /** The place, or the first behind it, where nothing is joined. */
    private int behind(int pos) {
        int at = pos;
        while (joined.test(at)) {
            at++;
        }
        return at;
    }

    private int whiteEnd(int from, int to) {
        int at = from;
        while (at < to && Breaks.white(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean insidePair(int pos) {
        return pos > 0
                && pos < text.length()
                && Character.isSurrogatePair(text.charAt(pos - 1), text.charAt(pos));
    }

    /** Where the piece after [start, end) starts, whose first new character is fresh. */
    private int restart(int start, int end, int fresh, int repeat, boolean flowing) {
        int earliest = Math.max(start + 1, ruler.back(end, repeat));
        if (earliest >= end) {
            return fresh;
        }
        int middle = earliest + (end - earliest) / 2;
        int at = Breaks.last(text, earliest - 1, middle, flowing);
        if (at < 0) {
            at = Breaks.last(text, middle, end - 1, flowing);
        }
        if (at < 0) {
            at = Breaks.skip(text, behind(Graphemes.first(text, start, earliest, end)), end);
        }
        return at < end ? at : fresh;
    }
}
