package dev.kith.tokenizers;

import java.text.Normalizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Unicode's normalization data: what each code point decomposes into, which pairs compose, and in what order marks stand.
 * Decompositions are the JDK's, less those that are newer than the reference's tables; combining classes come from a file.
 * Immutable. [Unicode Standard Annex #15.]
 */
final class Composition {
    /** No code point from here on decomposes, composes or combines. */
    private static final int LIMIT = 0x30000;

    private static final int HANGUL = 0xAC00;
    private static final int HANGUL_LEAD = 0x1100;
    private static final int HANGUL_VOWEL = 0x1161;
    private static final int HANGUL_TRAIL = 0x11A7;
    private static final int TRAILS = 28;
    private static final int VOWELS_TRAILS = 21 * TRAILS;

    /** By 256ths of the code space; null where there is nothing. */
    private final String[][] decompositions = new String[LIMIT >> 8][];

    private final BitSet special = new BitSet();
    private final Pairs composites = new Pairs(2048);
    private final boolean composes;

    Composition(Normalizer.Form form) {
        composes = form == Normalizer.Form.NFC || form == Normalizer.Form.NFKC;
        boolean canonical = form == Normalizer.Form.NFC || form == Normalizer.Form.NFD;
        Normalizer.Form decomposed = canonical ? Normalizer.Form.NFD : Normalizer.Form.NFKD;
        BitSet seconds = new BitSet();
        if (composes) {
            seconds.set(HANGUL_VOWEL, HANGUL_VOWEL + 21);
            seconds.set(HANGUL_TRAIL + 1, HANGUL_TRAIL + TRAILS);
        }
        for (int c = 0xA0; c < LIMIT; c++) {
            String text = Character.toString(c);
            if ((c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    || isNewer(c)
                    || Normalizer.isNormalized(text, decomposed)) {
                continue;
            }
            page(c)[c & 0xFF] = Normalizer.normalize(text, decomposed);
            if (composes && !isHangul(c)) {
                addComposite(c, text, seconds);
            }
        }
        for (int c = 0xA0; c < LIMIT; c++) {
            String decomposition = decomposition(c);
            int first = decomposition == null ? c : decomposition.codePointAt(0);
            boolean changes = composes
                    ? decomposition != null && !isComposite(c, form)
                    : decomposition != null;
            special.set(c, changes || combiningClass(first) > 0 || seconds.get(first));
        }
    }

    private static boolean isComposite(int c, Normalizer.Form form) {
        return Normalizer.isNormalized(Character.toString(c), form);
    }

    private String[] page(int c) {
        String[] page = decompositions[c >> 8];
        if (page == null) {
            page = new String[256];
            decompositions[c >> 8] = page;
        }
        return page;
    }

    private void addComposite(int c, String text, BitSet seconds) {
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)
                || Normalizer.isNormalized(text, Normalizer.Form.NFD)) {
            return;
        }
        String canonical = Normalizer.normalize(text, Normalizer.Form.NFD);
        int second = canonical.codePointBefore(canonical.length());
        String rest = canonical.substring(0, canonical.length() - Character.charCount(second));
        int first = Normalizer.normalize(rest, Normalizer.Form.NFC).codePointAt(0);
        composites.put(first, second, c);
        seconds.set(second);
    }

    /** Whether a code point got its decomposition later than the reference froze. */
    private static boolean isNewer(int c) {
        return c == 0x32FF
                || (c >= 0xA7F1 && c <= 0xA7F4)
                || c == 0xAB69
                || (c >= 0x105C9 && c <= 0x105E4)
                || (c >= 0x10780 && c <= 0x107BF)
                || (c >= 0x11380 && c <= 0x113FF)
                || c == 0x11938
                || (c >= 0x16100 && c <= 0x1613F)
                || (c >= 0x16D40 && c <= 0x16D7F)
                || (c >= 0x1CC00 && c <= 0x1CEBF)
                || (c >= 0x1E030 && c <= 0x1E08F)
                || c == 0x1F16C
                || (c >= 0x1FBF0 && c <= 0x1FBF9);
    }

    private static boolean isHangul(int c) {
        return c >= HANGUL && c < HANGUL + 19 * VOWELS_TRAILS;
    }

    /**
     * Whether a code point has another normal form than itself, or can have together with the one before it. All text
     * without such code points is its own normal form.
     */
    boolean isSpecial(int c) {
        return c >= 0xA0 && special.get(c);
    }

    /** What a code point decomposes into, or null for itself. */
    @Nullable
    String decomposition(int c) {
        String[] page = c < LIMIT ? decompositions[c >> 8] : null;
        return page == null ? null : page[c & 0xFF];
    }

    boolean composes() {
        return composes;
    }

    /** The code point that two compose into, or -1. */
    int compose(int first, int second) {
        int vowel = second - HANGUL_VOWEL;
        if (first >= HANGUL_LEAD && first < HANGUL_LEAD + 19 && vowel >= 0 && vowel < 21) {
            return HANGUL + (first - HANGUL_LEAD) * VOWELS_TRAILS + vowel * TRAILS;
        }
        int trail = second - HANGUL_TRAIL;
        if (isHangul(first) && (first - HANGUL) % TRAILS == 0 && trail > 0 && trail < TRAILS) {
            return first + trail;
        }
        return (int) composites.get(first, second);
    }

    /** Where a mark stands among those on one letter; 0 for what does not combine. */
    static int combiningClass(int c) {
        byte[] page = c < LIMIT ? Classes.PAGES[c >> 8] : null;
        return page == null ? 0 : page[c & 0xFF] & 0xFF;
    }

    private static final class Classes {
        private static final byte[][] PAGES = read();

        private static byte[][] read() {
            byte[][] pages = new byte[LIMIT >> 8][];
            for (int combiningClass = 1; combiningClass <= 240; combiningClass++) {
                BitSet members = Categories.read(Categories.UNICODE_9, "[" + combiningClass + "]");
                int value = combiningClass;
                members.stream().forEach(c -> {
                    if (pages[c >> 8] == null) {
                        pages[c >> 8] = new byte[256];
                    }
                    pages[c >> 8][c & 0xFF] = (byte) value;
                });
            }
            return pages;
        }
    }
}
