package dev.kith.tokenizers;

import java.text.Normalizer.Form;

/** Unicode's normal forms. Text in normal form, as most is, is only looked at. [Unicode Standard Annex #15.] */
final class UnicodeNormalizer implements Normalizer {
    private final Composition composition;

    UnicodeNormalizer(Form form) {
        composition = new Composition(form);
    }

    @Override
    public void normalize(NormalizedText text) {
        int kept = 0;
        int previous = 0;
        boolean changed = false;
        int width;
        for (int i = 0; i < text.size(); i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            if (composition.isSpecial(c)) {
                int end = specialEnd(text, i + width);
                int start =
                        Math.max(kept, previous); // the letter before may compose with what comes
                text.keep(start);
                text.marks().normalize(text, start, end, composition);
                kept = end;
                changed = true;
                width = end - i;
            }
            previous = i;
        }
        if (changed) {
            text.keep(text.size());
            text.commit();
        }
    }

    private int specialEnd(NormalizedText text, int from) {
        int end = from;
        while (end < text.size() && composition.isSpecial(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    @Override
    public boolean ignoresSpaces() {
        return true;
    }
}
