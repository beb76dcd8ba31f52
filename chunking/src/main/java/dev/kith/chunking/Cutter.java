package dev.kith.chunking;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Cuts running text: each piece reaches as far as the maximum allows and ends at the strongest break of the last three
 * quarters of its new text that {@link Seams} allow; without one it ends between two grapheme clusters. The next piece
 * starts behind it, or at such a break inside it when there is overlap.
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
    private final Overlap overlap;
    private final IntPredicate joined;

    /** @param joined whether the characters on both sides of a place in the text must stay together */
    Cutter(String text, Ruler ruler, Overlap overlap, IntPredicate joined) {
        this.text = text;
        this.ruler = ruler;
        this.overlap = overlap;
        this.joined = joined;
    }

    /** Cuts [from, to), both cluster boundaries, into pieces of at most max. */
    void cut(int from, int to, int max, Seams seams, Pieces pieces) {
        int fresh = Breaks.skip(text, from, to);
        int start = fresh;
        while (fresh < to) {
            int end = end(start, fresh, to, max, seams);
            if (end <= fresh) {
                start = fresh;
                continue;
            }
            int trimmed = Breaks.trim(text, start, end);
            pieces.add(start, trimmed);
            fresh = Breaks.skip(text, end, to);
            start = restart(start, trimmed, fresh, 0, max, seams);
        }
    }

    /** Whether each user-perceived character of [from, to), both cluster boundaries, has at most a length. */
    boolean fits(int from, int to, int max) {
        int at = from;
        while (at < to) {
            int reach = ruler.reach(at, max);
            int next = reach >= to ? to : Graphemes.last(text, at, reach);
            if (next <= at) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** Where the piece ends that starts at start and must hold fresh; at most fresh if it has no room for that. */
    private int end(int start, int fresh, int to, int max, Seams seams) {
        int reach = Math.min(to, ruler.reach(start, max));
        int open = Graphemes.boundary(text, Math.min(fresh, reach), reach)
                ? whiteEnd(reach, to)
                : reach;
        if (open == to) {
            return to;
        }
        int low = fresh + Math.max(0, (reach - fresh) / 4);
        int natural =
                seams == Seams.ANYWHERE ? -1 : Breaks.last(text, low, open, seams.isFlowing());
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

    /**
     * Where the piece behind [start, end) starts, whose first new character is fresh: behind start, and before end if it
     * repeats something.
     *
     * @param room where it must not start before
     * @param max the largest length of a piece
     */
    int restart(int start, int end, int fresh, int room, int max, Seams seams) {
        int first = Math.max(start + 1, room);
        return switch (overlap) {
            case Overlap.Units(int amount) when amount == 0 -> fresh;
            case Overlap.Units(int amount) -> {
                int earliest = Math.max(first, ruler.back(end, Math.min(amount, max - 1)));
                yield earliest < end ? repeat(start, end, fresh, earliest, seams) : fresh;
            }
            case Overlap.Sentences(int count) -> {
                int earliest = Math.max(first, ruler.back(end, max / 2));
                yield lastSentences(start, end, fresh, earliest, count);
            }
        };
    }

    private int repeat(int start, int end, int fresh, int earliest, Seams seams) {
        if (seams == Seams.SENTENCES) {
            return lastSentences(start, end, fresh, earliest, Integer.MAX_VALUE);
        }
        int at = -1;
        if (seams != Seams.ANYWHERE) {
            int middle = earliest + (end - earliest) / 2;
            at = Breaks.last(text, earliest - 1, middle, seams.isFlowing());
            if (at < 0) {
                at = Breaks.last(text, middle, end - 1, seams.isFlowing());
            }
        }
        if (at < 0) {
            at = Breaks.skip(text, behind(Graphemes.first(text, start, earliest, end)), end);
        }
        return at < end ? at : fresh;
    }

    /** The start of the last so many sentences of [start, end) that start at earliest or later; fresh if there is none. */
    private int lastSentences(int start, int end, int fresh, int earliest, int count) {
        Sentences sentences = new Sentences(text, end);
        int[] starts = new int[8];
        int size = 0;
        for (int at = sentences.end(start); at < end; at = sentences.end(at)) {
            if (at >= earliest && !joined.test(at)) {
                starts = size == starts.length ? Arrays.copyOf(starts, 2 * size) : starts;
                starts[size++] = at;
            }
        }
        return size == 0 ? fresh : starts[Math.max(0, size - count)];
    }
}
