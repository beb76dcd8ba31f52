package dev.kith.tokenizers;

import java.util.Map;

/**
 * Leaves the spaces at the ends of tokens out of their offsets, by the reference's rule, which goes by the token's
 * spelling: one that stands for spaces alone becomes empty, and a space that the tokenizer put before the text is taken for
 * one of the text's wherever it is not at its beginning.
 */
final class OffsetTrimming {
    /** For each id how many spaces its token's spelling begins with, {@code << 16 |} how many it ends with. */
    private final int[] spacesOf;

    private final boolean prefixed;

    /**
     * @param vocabulary the byte-level tokens
     * @param prefixed whether a single space at the text's beginning is the one that was put there, and stays
     */
    OffsetTrimming(Map<String, Integer> vocabulary, boolean prefixed) {
        int last = vocabulary.values().stream().mapToInt(id -> id).max().orElse(-1);
        spacesOf = new int[last + 1];
        vocabulary.forEach((token, id) -> spacesOf[id] = spaces(token, 0, token.length()));
        this.prefixed = prefixed;
    }

    private static int spaces(CharSequence text, int from, int to) {
        int leading = from;
        while (leading < to && isSpace(text.charAt(leading))) {
            leading++;
        }
        int trailing = to;
        while (trailing > from && isSpace(text.charAt(trailing - 1))) {
            trailing--;
        }
        return (leading - from) << 16 | Math.min(to - trailing, 0xFFFF);
    }

    private static boolean isSpace(char c) {
        return c == ByteLevel.SPACE || Categories.isWhiteSpace(c);
    }

    void apply(CharSequence text, TokenList tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            int start = tokens.start(i);
            int end = tokens.end(i);
            int spaces = tokens.isFound(i) ? spaces(text, start, end) : spacesOf(tokens.id(i));
            if (spaces != 0) {
                int leading = spaces >>> 16;
                boolean kept = prefixed && leading == 1 && (i == 0 || start == 0);
                int trimmed = kept ? start : forward(text, start, end, leading);
                tokens.set(i, trimmed, back(text, trimmed, end, spaces & 0xFFFF));
            }
        }
    }

    private int spacesOf(int id) {
        return id < spacesOf.length ? spacesOf[id] : 0;
    }

    private static int forward(CharSequence text, int start, int end, int codePoints) {
        int at = start;
        for (int n = 0; n < codePoints && at < end; n++) {
            at += Character.charCount(Character.codePointAt(text, at));
        }
        return at;
    }

    private static int back(CharSequence text, int start, int end, int codePoints) {
        int at = end;
        for (int n = 0; n < codePoints && at > start; n++) {
            at -= Character.charCount(Character.codePointBefore(text, at));
        }
        return at;
    }
}
