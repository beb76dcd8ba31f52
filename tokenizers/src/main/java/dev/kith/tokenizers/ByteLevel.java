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
    public void split(NormalizedText text) {
        if (addPrefixSpace) {
            prefix(text);
        }
        for (int word = 0; word < text.wordCount(); word++) {
            int limit = text.wordEnd(word);
            int end;
            for (int start = text.wordStart(word); start < limit; start = end) {
                end = words ? wordEnd(text, start, limit) : limit;
                int newStart = text.newSize();
                spell(text, start, end);
                text.addWord(newStart, text.newSize());
            }
        }
        text.commit();
    }

    /** Puts a space, which comes from the first character, before each word without one. */
    private static void prefix(NormalizedText text) {
        char[] chars = text.chars();
        for (int word = 0; word < text.wordCount(); word++) {
            int from = text.wordStart(word);
            int newStart = text.newSize();
            if (chars[from] != ' ') {
                text.append(' ', text.origin(from));
            }
            for (int i = from; i < text.wordEnd(word); i++) {
                text.append(chars[i], text.origin(i));
            }
            text.addWord(newStart, text.newSize());
        }
        text.commit();
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
        if (Categories.isLetter(c)) {
            return Kind.LETTER;
        }
        return Categories.isNumber(c) ? Kind.NUMBER : Kind.OTHER;
    }

    /** The character that stands for a byte. */
    static char visible(int b) {
        return BYTES[b];
    }

    /** Spells each code point by its bytes in UTF-8. */
    static void spell(NormalizedText text, int from, int to) {
        int width;
        for (int i = from; i < to; i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            int origin = text.origin(i);
            int length = Utf8.length(c);
            for (int k = 0; k < length; k++) {
                text.append(BYTES[Utf8.byteAt(c, length, k)], origin);
            }
        }
    }

    @Override
    public boolean cutsAtSpaces() {
        return words;
    }
}
