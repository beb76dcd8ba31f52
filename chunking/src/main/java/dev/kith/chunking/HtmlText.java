package dev.kith.chunking;

import dev.kith.text.Span;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The visible text of an HTML document as it is collected, and for each of its characters the place in the source that it
 * comes from. Places never decrease.
 */
final class HtmlText {
    private final StringBuilder text = new StringBuilder();
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int sourceEnd;
    private final BitSet joined = new BitSet();

    /** Appends what [sourceStart, sourceEnd) of the source stands for. */
    void append(char c, int start, int end) {
        int at = text.length();
        if (at == starts.length) {
            int capacity = Math.max(at + 1, at + (at >> 1));
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        int previous = at == 0 ? 0 : starts[at - 1];
        starts[at] = Math.max(previous, start);
        sourceEnd = Math.max(sourceEnd, Math.max(starts[at], end));
        ends[at] = sourceEnd;
        text.append(c);
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
            append(separator.charAt(i), sourceEnd, sourceEnd);
        }
    }

    int length() {
        return text.length();
    }

    /** Where a range that is not empty comes from. */
    Span source(Span visible) {
        return new Span(starts[visible.start()], ends[visible.end() - 1]);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
