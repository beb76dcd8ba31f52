package dev.kith.tokenizers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of text on its way from the source to words: its characters, each of which knows the source character that it came
 * from, and the words that it is cut into. A step reads the characters, writes those that replace them with {@link #append}
 * or {@link #put}, and makes them the text with {@link #commit}. Scratch of one call, reused from piece to piece.
 */
final class NormalizedText {
    private CharSequence source = "";
    private int base;
    private char[] chars = new char[64];
    /** Positions in the source, from {@link #base} on; {@code ~position} for a character that comes from no other. */
    private int[] origins = new int[64];

    private int size;
    private char[] newChars = new char[64];
    private int[] newOrigins = new int[64];
    private int newSize;
    private int cursor;
    /** Word {@code w} is from {@code words[2 * w]} to {@code words[2 * w + 1]}. */
    private int[] words = new int[32];

    private int wordCount;
    private int[] newWords = new int[32];
    private int newWordCount;
    private final Segments segments = new Segments();
    private final Marks marks = new Marks();
    private final Rewriting rewriting = new Rewriting();
    private final Window window = new Window();
    private final Map<Pattern, Matcher> matchers = new HashMap<>();

    /** Takes source text from {@code from} to {@code to}. A lone surrogate, which no encoding can carry, becomes U+FFFD. */
    void load(CharSequence text, int from, int to) {
        source = text;
        base = from;
        size = to - from;
        if (chars.length < size) {
            chars = new char[size];
            origins = new int[size];
        }
        text.getChars(from, to, chars, 0);
        for (int i = 0; i < size; i++) {
            origins[i] = i;
            if (Character.isSurrogate(chars[i])) {
                if (i + 1 < size && Character.isSurrogatePair(chars[i], chars[i + 1])) {
                    origins[i + 1] = i++;
                } else {
                    chars[i] = '\ufffd';
                }
            }
        }
        reset();
    }

    /** Takes a part of another text, normalized as it is. */
    void load(NormalizedText text, int from, int to) {
        source = text.source;
        base = text.base;
        size = to - from;
        if (chars.length < size) {
            chars = new char[size];
            origins = new int[size];
        }
        System.arraycopy(text.chars, from, chars, 0, size);
        System.arraycopy(text.origins, from, origins, 0, size);
        reset();
    }

    private void reset() {
        newSize = 0;
        cursor = 0;
        newWordCount = 0;
        wordCount = size == 0 ? 0 : 1;
        words[0] = 0;
        words[1] = size;
    }

    int size() {
        return size;
    }

    /** The characters, of which {@link #size()} count. */
    char[] chars() {
        return chars;
    }

    /** The code point at a position. */
    int codePointAt(int i) {
        return Character.codePointAt(chars, i, size);
    }

    int origin(int i) {
        return origins[i];
    }

    /** Where, in the whole source, the source character of character {@code i} starts. */
    int start(int i) {
        int origin = origins[i];
        return base + (origin < 0 ? ~origin : origin);
    }

    /** Where, in the whole source, the source character of character {@code i} ends. */
    int end(int i) {
        int origin = origins[i];
        if (origin < 0) {
            return base + ~origin;
        }
        int at = base + origin;
        boolean pair = Character.isHighSurrogate(source.charAt(at))
                && at + 1 < source.length()
                && Character.isLowSurrogate(source.charAt(at + 1));
        return at + (pair ? 2 : 1);
    }

    /** Adds a character with an origin as {@link #origin} tells it. */
    void append(char c, int origin) {
        if (newSize == newChars.length) {
            int grown = newSize * 2;
            newChars = Arrays.copyOf(newChars, grown);
            newOrigins = Arrays.copyOf(newOrigins, grown);
        }
        newChars[newSize] = c;
        newOrigins[newSize++] = origin;
    }

    void appendCodePoint(int c, int origin) {
        if (Character.isBmpCodePoint(c)) {
            append((char) c, origin);
        } else {
            append(Character.highSurrogate(c), origin);
            append(Character.lowSurrogate(c), origin);
        }
    }

    /**
     * Adds a code point by the reference's rule for origins, which goes from left to right over the old characters.
     *
     * @param change 1 if the code point is additional: it has the origin of the old character before; 0 if it replaces the
     *     next old one; -n if it replaces that and n more
     */
    void put(int c, int change) {
        if (change > 0) {
            appendCodePoint(c, cursor == 0 ? ~0 : origins[cursor - 1]);
        } else {
            appendCodePoint(c, origins[Math.min(cursor, size - 1)]);
            skip(1 - change);
        }
    }

    private void skip(int codePoints) {
        for (int i = 0; i < codePoints && cursor < size; i++) {
            cursor += Character.charCount(codePointAt(cursor));
        }
    }

    /** Adds the old characters up to a position as they are, from where {@link #put} has come to. */
    void keep(int to) {
        int count = to - cursor;
        if (newSize + count > newChars.length) {
            int grown = Math.max(newSize + count, newSize * 2);
            newChars = Arrays.copyOf(newChars, grown);
            newOrigins = Arrays.copyOf(newOrigins, grown);
        }
        System.arraycopy(chars, cursor, newChars, newSize, count);
        System.arraycopy(origins, cursor, newOrigins, newSize, count);
        newSize += count;
        cursor = to;
    }

    /** Where the next character goes. */
    int newSize() {
        return newSize;
    }

    /** Makes what was added the text; it is one word unless words were added. */
    void commit() {
        char[] oldChars = chars;
        int[] oldOrigins = origins;
        chars = newChars;
        origins = newOrigins;
        size = newSize;
        newChars = oldChars;
        newOrigins = oldOrigins;
        newSize = 0;
        cursor = 0;
        if (newWordCount > 0) {
            commitWords();
        } else {
            reset();
        }
    }

    /** Adds a word unless it is empty. */
    void addWord(int from, int to) {
        if (from == to) {
            return;
        }
        if (2 * newWordCount == newWords.length) {
            newWords = Arrays.copyOf(newWords, 4 * newWordCount);
        }
        newWords[2 * newWordCount] = from;
        newWords[2 * newWordCount++ + 1] = to;
    }

    /** Makes the words that were added the text's. */
    void commitWords() {
        int[] oldWords = words;
        words = newWords;
        wordCount = newWordCount;
        newWords = oldWords;
        newWordCount = 0;
    }

    int wordCount() {
        return wordCount;
    }

    int wordStart(int word) {
        return words[2 * word];
    }

    int wordEnd(int word) {
        return words[2 * word + 1];
    }

    /** Scratch for what a pattern finds. */
    Segments segments() {
        return segments;
    }

    /** Scratch for normal forms. */
    Marks marks() {
        return marks;
    }

    /** Scratch for rules that look back. */
    Rewriting rewriting() {
        return rewriting;
    }

    /** The text, until another view is taken. */
    CharSequence view() {
        window.from = 0;
        window.to = size;
        return window;
    }

    /** A matcher that sees what is between two positions and nothing around it. */
    Matcher matcher(Pattern pattern, int from, int to) {
        window.from = from;
        window.to = to;
        Matcher matcher = matchers.get(pattern);
        if (matcher == null) {
            matcher = pattern.matcher(window);
            matchers.put(pattern, matcher);
        }
        return matcher.reset();
    }

    /** Whether the buffers are too large to keep for the next call. */
    boolean isLarge(int bound) {
        return chars.length > bound || newChars.length > bound || words.length > bound;
    }

    /** Lets go of the source. */
    void forgetSource() {
        source = "";
    }

    @Override
    public String toString() {
        return new String(chars, 0, size);
    }

    private final class Window implements CharSequence {
        private int from;
        private int to;

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int i) {
            return chars[from + i];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, from + start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, from, to - from);
        }
    }
}
