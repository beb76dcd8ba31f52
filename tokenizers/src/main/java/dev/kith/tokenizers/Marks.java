package dev.kith.tokenizers;

import java.util.Arrays;

/**
 * A stretch of letters and marks while it is decomposed, put in canonical order and composed. Each code point tells, as the
 * reference counts, how many of the old ones it replaces. Scratch, reused.
 */
final class Marks {
    private static final int CHANGE_BITS = 1;
    private static final int CODE_POINT_BITS = 21;
    private static final int PLACE_BITS = 31;

    /**
     * Code points: from the highest bit combining class, place, change and the code point, so that their numerical order is
     * the canonical one.
     */
    private long[] items = new long[32];

    private int size;
    /** Where the marks begin that stand on the last letter. */
    private int firstMark;
    /** How many marks of the letter being composed stayed marks; they are at the beginning of the items. */
    private int waiting;

    /** Adds the normal form of the text between two positions to the text. */
    void normalize(NormalizedText text, int from, int to, Composition composition) {
        size = 0;
        firstMark = 0;
        int width;
        for (int i = from; i < to; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            String decomposition = composition.decomposition(c);
            if (decomposition == null) {
                add(c, 0);
            } else {
                decompose(decomposition);
            }
        }
        sortMarks();
        if (composition.composes()) {
            compose(text, composition);
        } else {
            for (int i = 0; i < size; i++) {
                text.put(codePoint(items[i]), change(items[i]));
            }
        }
    }

    private void decompose(String decomposition) {
        int width;
        for (int i = 0; i < decomposition.length(); i += width) {
            int c = decomposition.codePointAt(i);
            width = Character.charCount(c);
            add(c, i == 0 ? 0 : 1);
        }
    }

    private void add(int c, int change) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        long combiningClass = Composition.combiningClass(c);
        if (combiningClass == 0) {
            sortMarks();
            firstMark = size + 1;
        }
        long order = combiningClass << PLACE_BITS | size;
        items[size++] = (order << CHANGE_BITS | change) << CODE_POINT_BITS | c;
    }

    private void sortMarks() {
        if (size - firstMark > 1) {
            Arrays.sort(items, firstMark, size);
        }
    }

    private static int codePoint(long item) {
        return (int) item & ((1 << CODE_POINT_BITS) - 1);
    }

    private static int change(long item) {
        return (int) (item >>> CODE_POINT_BITS) & 1;
    }

    private static int combiningClass(long item) {
        return (int) (item >>> (CODE_POINT_BITS + CHANGE_BITS + PLACE_BITS));
    }

    private void compose(NormalizedText text, Composition composition) {
        int letter = -1;
        int letterChange = 0;
        int lastClass = -1; // of the marks that wait
        waiting = 0;
        for (int i = 0; i < size; i++) {
            int c = codePoint(items[i]);
            int change = change(items[i]);
            int combiningClass = combiningClass(items[i]);
            boolean blocked = lastClass >= combiningClass;
            int composed = letter < 0 || blocked ? -1 : composition.compose(letter, c);
            if (composed >= 0) {
                letter = composed;
                letterChange += change - 1;
            } else if (combiningClass == 0) {
                flush(text, letter, letterChange);
                letter = c;
                letterChange = change;
                lastClass = -1;
            } else if (letter < 0) {
                text.put(c, change);
            } else {
                items[waiting++] = items[i];
                lastClass = combiningClass;
            }
        }
        flush(text, letter, letterChange);
    }

    private void flush(NormalizedText text, int letter, int letterChange) {
        if (letter >= 0) {
            text.put(letter, letterChange);
        }
        for (int i = 0; i < waiting; i++) {
            text.put(codePoint(items[i]), change(items[i]));
        }
        waiting = 0;
    }
}
