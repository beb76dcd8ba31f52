package dev.kith.tokenizers;

import java.text.Normalizer;
import java.util.Locale;

/**
 * BERT's normalizer: drops control characters, makes every white space a space, sets ideographs apart, strips accents
 * and lowers case, each as configured. A code point's normal form does not depend on its neighbours, so those of the
 * basic plane are looked up.
 */
final class BertNormalizer {
    /** What a tokenizer file sets. */
    record Settings(
            boolean cleanText, boolean spaceIdeographs, boolean stripAccents, boolean lowercase) {}

    private static final int PLANE = 0x10000;
    private static final int REMOVED = -1;
    private static final int SPACED = -2;
    private static final int SEVERAL = -3;

    private final Settings settings;
    /** For each code point of the basic plane the character that replaces it, or one of the above. */
    private final int[] forms = new int[PLANE];

    BertNormalizer(Settings settings) {
        this.settings = settings;
        for (int c = 0; c < PLANE; c++) {
            forms[c] = form(c);
        }
    }

    private int form(int c) {
        if (settings.spaceIdeographs() && Categories.isIdeograph(c) && c < 0xF900) {
            return SPACED;
        }
        String form = normalForm(c);
        return switch (form.length()) {
            case 0 -> REMOVED;
            case 1 -> form.charAt(0);
            default -> SEVERAL;
        };
    }

    /** Fills the text from its source. */
    void normalize(NormalizedText text) {
        int size = text.sourceSize();
        for (int i = 0; i < size; i++) {
            char c = text.sourceCharAt(i);
            int form = forms[c];
            if (form >= 0 && !Character.isHighSurrogate(c)) {
                text.append((char) form, i);
            } else {
                i += special(text, i, form);
            }
        }
    }

    /** Normalizes a character that does not become exactly one; returns how many more units than one it has. */
    private int special(NormalizedText text, int i, int form) {
        int c = text.sourceCodePointAt(i);
        if (c >= PLANE || form == SEVERAL || form >= 0) {
            String several = normalForm(c);
            for (int j = 0; j < several.length(); j++) {
                text.append(several.charAt(j), i);
            }
        } else if (form == SPACED) {
            text.append(' ', i);
            text.append((char) c, i);
            text.append(' ', i);
        }
        return Character.charCount(c) - 1;
    }

    private String normalForm(int c) {
        if (settings.cleanText() && isRemoved(c)) {
            return "";
        }
        if (settings.cleanText() && Categories.isWhiteSpace(c)) {
            return " ";
        }
        String form = Character.toString(c);
        if (settings.stripAccents() && c >= 0x80) {
            form = stripAccents(form);
        }
        if (settings.lowercase()) {
            form = lowercase(form);
        }
        boolean apart = settings.spaceIdeographs() && Categories.isIdeograph(c);
        return apart ? " " + form + " " : form;
    }

    private static boolean isRemoved(int c) {
        boolean lineControl = c == '\t' || c == '\n' || c == '\r';
        return c == 0xFFFD || (Categories.isOther(c) && !lineControl);
    }

    private static String stripAccents(String text) {
        if (Normalizer.isNormalized(text, Normalizer.Form.NFD)) {
            return Categories.isNonspacingMark(text.codePointAt(0)) ? "" : text;
        }
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder kept = new StringBuilder();
        int c;
        for (int i = 0; i < decomposed.length(); i += Character.charCount(c)) {
            c = decomposed.codePointAt(i);
            if (!Categories.isNonspacingMark(c)) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    /** Code point by code point, because in context a final sigma would differ. */
    private static String lowercase(String text) {
        if (text.codePointCount(0, text.length()) == 1) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder lower = new StringBuilder();
        text.codePoints()
                .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        return lower.toString();
    }
}
