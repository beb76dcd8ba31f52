package dev.kith.tokenizers;

/**
 * Replaces what a pattern finds.
 *
 * @param content what stands there instead, perhaps nothing; it comes from the last character that it replaces
 */
record Replace(TextPattern pattern, String content) implements Normalizer {
    @Override
    public void normalize(NormalizedText text) {
        Segments segments = text.segments();
        pattern.cut(text, 0, text.size(), segments);
        for (int s = 0; s < segments.size(); s++) {
            int end = segments.end(s);
            if (segments.isMatch(s)) {
                int origin = end == 0 ? ~0 : text.origin(end - 1);
                for (int i = 0; i < content.length(); i++) {
                    text.append(content.charAt(i), origin);
                }
            } else {
                for (int i = segments.start(s); i < end; i++) {
                    text.append(text.chars()[i], text.origin(i));
                }
            }
        }
        text.commit();
    }

    @Override
    public boolean ignoresSpaces() {
        return pattern.ignoresSpaces();
    }
}
