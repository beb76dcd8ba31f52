package dev.kith.tokenizers;

import java.util.Arrays;

/**
 * Code points that shall replace a text's, each with the change that {@link NormalizedText#put} wants; a later replacement
 * may still alter the change of an earlier one. Scratch, reused.
 */
final class Rewriting {
    private int[] codePoints = new int[64];
    private int[] changes = new int[64];
    private int size;

    /** Forgets all. */
    void clear() {
        size = 0;
    }

    /** The next code point stays. */
    void keep(int c) {
        add(c, 0);
    }

    /**
     * A text replaces the next code points. Where it is longer its last ones are additional; where it is shorter the last code
     * point so far, if there is one, replaces the rest too.
     */
    void replace(int count, String text) {
        int more = text.codePointCount(0, text.length()) - count;
        int width;
        int place = 0;
        for (int i = 0; i < text.length(); i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            add(c, place++ < count ? 0 : 1);
        }
        if (more < 0 && size > 0) {
            changes[size - 1] += more;
        }
    }

    private void add(int c, int change) {
        if (size == codePoints.length) {
            codePoints = Arrays.copyOf(codePoints, size * 2);
            changes = Arrays.copyOf(changes, size * 2);
        }
        codePoints[size] = c;
        changes[size++] = change;
    }

    void apply(NormalizedText text) {
        for (int i = 0; i < size; i++) {
            text.put(codePoints[i], changes[i]);
        }
        text.commit();
    }
}
