package dev.kith.chunking;

import dev.kith.text.Span;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The visible text of an HTML document as it is collected, and for each of its characters the place in the source that it
 * comes from. Places never decrease, and are kept by stretches: most characters stand behind the one before them in the
 * source too.
 */
final class HtmlText {
    /** The end of a stretch whose characters each stand for one of the source. */
    private static final int EACH_ONE = -1;

    private final StringBuilder text = new StringBuilder();
    /** Where each stretch starts in the text, and where its first character starts in the source. */
    private int[] firsts = new int[64];

    private int[] starts = new int[64];
    /** Where the source of each of its characters ends, or {@link #EACH_ONE}. */
    private int[] ends = new int[64];

    private int stretches;
    private int lastStart;
    private int lastEnd;
    private final BitSet joined = new BitSet();

    /** Appends what [start, end) of the source stands for. */
    void append(char c, int start, int end) {
        int from = Math.max(lastStart, start);
        int to = Math.max(lastEnd, Math.max(from, end));
        boolean one = to == from + 1;
        boolean behind =
                stretches > 0 && ends[stretches - 1] == EACH_ONE && one && from == lastStart + 1;
        if (!behind) {
            stretch(from, one ? EACH_ONE : to);
        }
        lastStart = from;
        lastEnd = to;
        text.append(c);
    }

    private void stretch(int start, int end) {
        if (stretches == firsts.length) {
            int capacity = stretches + (stretches >> 1);
            firsts = Arrays.copyOf(firsts, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        firsts[stretches] = text.length();
        starts[stretches] = start;
        ends[stretches++] = end;
    }

    /** Appends characters that each stand for one of the source, from a place on. */
    void append(String parsed, int from, int to, int start) {
        append(parsed.charAt(from), start, start + 1);
        if (ends[stretches - 1] == EACH_ONE) {
            text.append(parsed, from + 1, to);
            lastStart += to - from - 1;
            lastEnd = lastStart + 1;
        } else {
            for (int i = from + 1; i < to; i++) {
                append(parsed.charAt(i), start + i - from, start + i - from + 1);
            }
        }
    }

    /** Says that the last character comes from the same reference as the one before it. */
    void join() {
        joined.set(text.length() - 1);
    }

    /** Whether the characters on both sides of a place come from one reference. */
    boolean isJoined(int pos) {
        return joined.get(pos);
    }

    /** Appends white space that separates blocks and has no source of its own. */
    void separate(String separator) {
        for (int i = 0; i < separator.length(); i++) {
            append(separator.charAt(i), lastEnd, lastEnd);
        }
    }

    int length() {
        return text.length();
    }

    /** Where a range that is not empty comes from. */
    Span source(Span visible) {
        int first = stretch(visible.start());
        int last = stretch(visible.end() - 1);
        int end = ends[last] == EACH_ONE ? starts[last] + visible.end() - firsts[last] : ends[last];
        int start = ends[first] == EACH_ONE
                ? starts[first] + visible.start() - firsts[first]
                : starts[first];
        return new Span(start, end);
    }

    private int stretch(int pos) {
        int found = Arrays.binarySearch(firsts, 0, stretches, pos);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
