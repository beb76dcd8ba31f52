package dev.kith.tokenizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * BERT's normalizer: drops control characters, makes every white space a space, sets ideographs apart, strips accents
 * and lowers case, each as configured. A code point's normal form does not depend on its neighbours, so that it is
 * looked up.
 */
final class BertNormalizer implements Normalizer {
    /** What a tokenizer file sets. */
    record Settings(
            boolean cleanText, boolean spaceIdeographs, boolean stripAccents, boolean lowercase) {}

    /** Code points from here on neither decompose nor have case. */
    private static final int LIMIT = 0x2FA20;

    private static final int REMOVED = -1;
    private static final int SPACED = -2;
    private static final int SEVERAL = -3;

    private final Settings settings;
    /** For each code point the one that replaces it, or one of the above, or less than the last: an index of texts. */
    private final int[] forms = new int[LIMIT];

    private final List<String> texts = new ArrayList<>();

    BertNormalizer(Settings settings) {
        this.settings = settings;
        for (int c = 0; c < LIMIT; c++) {
            forms[c] = form(c);
        }
    }

    private int form(int c) {
        if (!Character.isDefined(c) && !Categories.isIdeograph(c)) {
            return c;
        }
        boolean compatible = (c >= 0xF900 && c <= 0xFAFF) || c >= 0x2F800;
        if (settings.spaceIdeographs() && Categories.isIdeograph(c) && !compatible) {
            return SPACED;
        }
        String form = normalForm(c);
        if (form.isEmpty()) {
            return REMOVED;
        }
        if (form.codePointCount(0, form.length()) == 1) {
            return form.codePointAt(0);
        }
        texts.add(form);
        return SEVERAL - texts.size() + 1;
    }

    @Override
    public void normalize(NormalizedText text) {
        char[] chars = text.chars();
        int size = text.size();
        for (int i = 0; i < size; i++) {
            char c = chars[i];
            int form = forms[c];
            if (form >= 0 && form < 0x10000 && !Character.isSurrogate(c)) {
                text.append((char) form, text.origin(i));
            } else {
                int codePoint = text.codePointAt(i);
                special(text, codePoint, text.origin(i));
                i += Character.charCount(codePoint) - 1;
            }
        }
        text.commit();
    }

    private void special(NormalizedText text, int c, int origin) {
        int form = c < LIMIT ? forms[c] : highForm(c);
        if (form >= 0) {
            text.appendCodePoint(form, origin);
        } else if (form == SPACED) {
            text.append(' ', origin);
            text.appendCodePoint(c, origin);
            text.append(' ', origin);
        } else if (form <= SEVERAL) {
            String several = texts.get(SEVERAL - form);
            for (int j = 0; j < several.length(); j++) {
                text.append(several.charAt(j), origin);
            }
        }
    }

    private int highForm(int c) {
        boolean removed = (settings.cleanText() && isRemoved(c))
                || (settings.stripAccents() && Categories.isNonspacingMark(c));
        return removed ? REMOVED : c;
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
        if (java.text.Normalizer.isNormalized(text, java.text.Normalizer.Form.NFD)) {
            return Categories.isNonspacingMark(text.codePointAt(0)) ? "" : text;
        }
        String decomposed = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD);
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

    @Override
    public boolean ignoresSpaces() {
        return true;
    }
}
