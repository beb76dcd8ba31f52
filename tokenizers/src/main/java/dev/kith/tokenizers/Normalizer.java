package dev.kith.tokenizers;

import java.util.List;

/** Rewrites text before it is cut. Immutable. */
sealed interface Normalizer
        permits BertNormalizer,
                Charsmap,
                UnicodeNormalizer,
                Replace,
                Normalizer.Bytes,
                Normalizer.Lowercase,
                Normalizer.Nmt,
                Normalizer.Prepend,
                Normalizer.Sequence,
                Normalizer.Strip,
                Normalizer.StripAccents {
    void normalize(NormalizedText text);

    /** Whether the two halves of a text that is cut before a single space between letters have the whole's normal form. */
    boolean ignoresSpaces();

    /** One after the other. */
    record Sequence(List<Normalizer> steps) implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).normalize(text);
            }
        }

        @Override
        public boolean ignoresSpaces() {
            return steps.stream().allMatch(Normalizer::ignoresSpaces);
        }
    }

    /** Lower case, code point by code point. */
    record Lowercase() implements Normalizer {
        private static final char DOTTED_I = '\u0130';

        @Override
        public void normalize(NormalizedText text) {
            int width;
            for (int i = 0; i < text.size(); i += width) {
                int c = text.codePointAt(i);
                width = Character.charCount(c);
                text.appendCodePoint(Character.toLowerCase(c), text.origin(i));
                if (c == DOTTED_I) { // the one letter that becomes two
                    text.append('\u0307', text.origin(i));
                }
            }
            text.commit();
        }

        @Override
        public boolean ignoresSpaces() {
            return true;
        }
    }

    /** Drops all marks; letters that contain theirs keep them. */
    record StripAccents() implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            int width;
            for (int i = 0; i < text.size(); i += width) {
                int c = text.codePointAt(i);
                width = Character.charCount(c);
                if (!Categories.isMark(c)) {
                    text.appendCodePoint(c, text.origin(i));
                }
            }
            text.commit();
        }

        @Override
        public boolean ignoresSpaces() {
            return true;
        }
    }

    /** Drops white space at the ends. */
    record Strip(boolean left, boolean right) implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            char[] chars = text.chars();
            int from = 0;
            int to = text.size();
            while (left && from < to && Categories.isWhiteSpace(chars[from])) {
                from++;
            }
            while (right && from < to && Categories.isWhiteSpace(chars[to - 1])) {
                to--;
            }
            for (int i = from; i < to; i++) {
                text.append(chars[i], text.origin(i));
            }
            text.commit();
        }

        @Override
        public boolean ignoresSpaces() {
            return false;
        }
    }

    /** Puts characters before text that is not empty. */
    record Prepend(String prefix) implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            if (text.size() == 0) {
                return;
            }
            for (int i = 0; i < prefix.length(); i++) {
                text.append(prefix.charAt(i), text.origin(0));
            }
            for (int i = 0; i < text.size(); i++) {
                text.append(text.chars()[i], text.origin(i));
            }
            text.commit();
        }

        @Override
        public boolean ignoresSpaces() {
            return false;
        }
    }

    /** The cleaning that neural translation uses: most controls vanish, and what looks like a space becomes one. */
    record Nmt() implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            for (int i = 0; i < text.size(); i++) {
                char c = text.chars()[i];
                if (!isDropped(c)) {
                    text.append(isSpace(c) ? ' ' : c, text.origin(i));
                }
            }
            text.commit();
        }

        private static boolean isDropped(char c) {
            return (c >= 0x01 && c <= 0x08)
                    || c == 0x0B
                    || (c >= 0x0E && c <= 0x1F)
                    || c == 0x7F
                    || c == 0x8F
                    || c == 0x9F;
        }

        private static boolean isSpace(char c) {
            return switch (c) {
                case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> true;
                default -> c >= 0x200B && c <= 0x200F;
            };
        }

        @Override
        public boolean ignoresSpaces() {
            return true;
        }
    }

    /** Spells text by its bytes, as {@link ByteLevel} does, without cutting it. */
    record Bytes() implements Normalizer {
        @Override
        public void normalize(NormalizedText text) {
            ByteLevel.spell(text, 0, text.size());
            text.commit();
        }

        @Override
        public boolean ignoresSpaces() {
            return true;
        }
    }
}
