package dev.kith.tokenizers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * GPT-2's pre-tokenizer: words keep the space before them, and each byte of their UTF-8 becomes a visible character, so
 * that a vocabulary of 256 characters has no unknown text. [Radford et al., "Language Models are Unsupervised Multitask
 * Learners", 2019.]
 *
 * <p>Words are those of its regular expression, matched by hand:
 * <pre>{@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 */
final class ByteLevel implements PreTokenizer {
    /** The character that stands for a space. */
    static final char SPACE = '\u0120';

    private static final char[] BYTES = visible();
    private static final List<char[]> CONTRACTIONS = Stream.of("s", "t", "re", "ve", "m", "ll", "d")
            .map(String::toCharArray)
            .toList();

    private enum Kind {
        LETTER,
        NUMBER,
        SPACE,
        OTHER
    }

    private final boolean addPrefixSpace;
    private final boolean words;

    /**
     * @param addPrefixSpace whether text that does not begin with a space gets one
     * @param words whether to cut at all
     */
    ByteLevel(boolean addPrefixSpace, boolean words) {
        this.addPrefixSpace = addPrefixSpace;
        this.words = words;
    }

    /** Bytes that are visible in Latin-1 stand for themselves, the others follow from U+0100 on. */
    private static char[] visible() {
        char[] chars = new char[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean visible = (b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD);
            chars[b] = (char) (visible ? b : next++);
        }
        return chars;
    }

    @Override
    public void split(NormalizedText text, int from, int to, Words sink) {
        NormalizedText input = text;
        int start = from;
        int limit = to;
        if (addPrefixSpace && text.chars()[from] != ' ') {
            input = prefixed(text, from, to);
            start = 0;
            limit = input.size();
        }
        NormalizedText spelled = new NormalizedText();
        spelled.share(text);
        while (start < limit) {
            int end = words ? wordEnd(input, start, limit) : limit;
            spelled.clear();
            spell(input, start, end, spelled);
            sink.accept(spelled, 0, spelled.size());
            start = end;
        }
    }

    /** A space, which comes from the first character, and the text. */
    private static NormalizedText prefixed(NormalizedText text, int from, int to) {
        NormalizedText prefixed = new NormalizedText();
        prefixed.share(text);
        prefixed.append(' ', text.sourceOf(from));
        for (int i = from; i < to; i++) {
            prefixed.append(text.chars()[i], text.sourceOf(i));
        }
        return prefixed;
    }

    /** Where the match of the regular expression that begins at {@code start} ends. */
    private static int wordEnd(NormalizedText text, int start, int limit) {
        char c = text.chars()[start];
        if (c == '\'') {
            int end = contractionEnd(text.chars(), start + 1, limit);
            if (end > 0) {
                return end;
            }
        }
        int run = start;
        if (c == ' ' && start + 1 < limit && kind(text.codePointAt(start + 1)) != Kind.SPACE) {
            run++;
        }
        Kind kind = kind(text.codePointAt(run));
        int end = run;
        while (end < limit && kind(text.codePointAt(end)) == kind) {
            end += Character.charCount(text.codePointAt(end));
        }
        // White space leaves its last character to the word behind it.
        return kind == Kind.SPACE && end < limit && end - start > 1 ? end - 1 : end;
    }

    private static int contractionEnd(char[] chars, int from, int limit) {
        for (char[] letters : CONTRACTIONS) {
            int end = from + letters.length;
            if (end <= limit && Arrays.equals(chars, from, end, letters, 0, letters.length)) {
                return end;
            }
        }
        return -1;
    }

    private static Kind kind(int c) {
        if (Categories.isWhiteSpace(c)) {
            return Kind.SPACE;
        }
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> Kind.LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                Kind.NUMBER;
            default -> Kind.OTHER;
        };
    }

    /** Spells each code point by its bytes in UTF-8; a lone surrogate, which has none, by those of U+FFFD. */
    private static void spell(NormalizedText text, int from, int to, NormalizedText out) {
        int width;
        for (int i = from; i < to; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            int source = text.sourceOf(i);
            if (c < 0x80) {
                out.append(BYTES[c], source);
            } else {
                spellBytes(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c, source, out);
            }
        }
    }

    private static void spellBytes(int c, int source, NormalizedText out) {
        if (c < 0x800) {
            out.append(BYTES[0xC0 | c >> 6], source);
        } else {
            if (c < 0x10000) {
                out.append(BYTES[0xE0 | c >> 12], source);
            } else {
                out.append(BYTES[0xF0 | c >> 18], source);
                out.append(BYTES[0x80 | (c >> 12 & 0x3F)], source);
            }
            out.append(BYTES[0x80 | (c >> 6 & 0x3F)], source);
        }
        out.append(BYTES[0x80 | (c & 0x3F)], source);
    }

    @Override
    public boolean cutsAtSpaces() {
        return words;
    }
}
