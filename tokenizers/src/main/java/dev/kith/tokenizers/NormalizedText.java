package dev.kith.tokenizers;

import java.util.Arrays;

/**
 * A piece of text as a normalizer left it, with the way back: each of its characters knows the source character that
 * it came from. Scratch of one call, reused from piece to piece.
 */
final class NormalizedText {
    private char[] source = new char[64];
    private int sourceSize;
    private int base;
    private char[] chars = new char[64];
    private int[] starts = new int[64];
    private int size;

    /** Takes text from {@code from} to {@code to} as the source and is empty then. */
    void load(CharSequence text, int from, int to) {
        sourceSize = to - from;
        if (source.length < sourceSize) {
            source = new char[sourceSize];
        }
        text.getChars(from, to, source, 0);
        base = from;
        size = 0;
        reserve(sourceSize);
    }

    /** Takes another's source and is empty then. */
    void share(NormalizedText other) {
        source = other.source;
        sourceSize = other.sourceSize;
        base = other.base;
        size = 0;
    }

    /** Forgets the characters and keeps the source. */
    void clear() {
        size = 0;
    }

    /** Makes the text equal to its source. */
    void copySource() {
        System.arraycopy(source, 0, chars, 0, sourceSize);
        for (int i = 0; i < sourceSize; i++) {
            starts[i] = i;
        }
        size = sourceSize;
        for (int i = 1; i < sourceSize; i++) {
            if (Character.isSurrogatePair(chars[i - 1], chars[i])) {
                starts[i] = i - 1;
            }
        }
    }

    /** Adds a character that comes from the source character at {@code start}, counted from the source's beginning. */
    void append(char c, int start) {
        if (size == chars.length) {
            reserve(size + 1);
        }
        chars[size] = c;
        starts[size++] = start;
    }

    private void reserve(int capacity) {
        if (chars.length < capacity) {
            int grown = Math.max(capacity, size + (size >> 1));
            chars = Arrays.copyOf(chars, grown);
            starts = Arrays.copyOf(starts, grown);
        }
    }

    int size() {
        return size;
    }

    /** The characters, of which {@link #size()} count. */
    char[] chars() {
        return chars;
    }

    /** The code point at a position; a lone surrogate is itself. */
    int codePointAt(int i) {
        return Character.codePointAt(chars, i, size);
    }

    /** Where the source character of character {@code i} starts, counted from the source's beginning. */
    int sourceOf(int i) {
        return starts[i];
    }

    /** Where, in the whole text, the source character of character {@code i} starts. */
    int start(int i) {
        return base + starts[i];
    }

    /** Where, in the whole text, the source character of character {@code i} ends. */
    int end(int i) {
        return base + starts[i] + Character.charCount(sourceCodePointAt(starts[i]));
    }

    int sourceSize() {
        return sourceSize;
    }

    char sourceCharAt(int i) {
        return source[i];
    }

    /** The source's code point at a position; a lone surrogate is itself. */
    int sourceCodePointAt(int i) {
        return Character.codePointAt(source, i, sourceSize);
    }
}
