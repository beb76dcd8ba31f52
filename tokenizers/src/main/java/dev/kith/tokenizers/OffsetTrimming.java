package dev.kith.tokenizers;

import java.util.HashMap;
import java.util.Map;

/**
 * Leaves the spaces at the ends of tokens out of their offsets, by the reference's rule, which goes by the token's
 * spelling: one that stands for spaces alone becomes empty, and a space that the tokenizer put before the text is taken for
 * one of the text's wherever it is not at its beginning.
 */
final class OffsetTrimming {
    /** How many spaces a token's spelling begins and ends with. */
    private record Spaces(int leading, int trailing) {
        static final Spaces NONE = new Spaces(0, 0);
    }

    private final Map<Integer, Spaces> spacesOf = new HashMap<>();
    private final boolean prefixed;

    /**
     * @param vocabulary the byte-level tokens
     * @param prefixed whether a single space at the text's beginning is the one that was put there, and stays
     */
    OffsetTrimming(Map<String, Integer> vocabulary, boolean prefixed) {
        vocabulary.forEach((token, id) -> {
            if (token.indexOf(ByteLevel.SPACE) >= 0) {
                spacesOf.put(id, spaces(token));
            }
        });
        this.prefixed = prefixed;
    }

    private static Spaces spaces(CharSequence token) {
        int size = token.length();
        int leading = 0;
        while (leading < size && isSpace(token.charAt(leading))) {
            leading++;
        }
        int trailing = 0;
        while (trailing < size && isSpace(token.charAt(size - 1 - trailing))) {
            trailing++;
        }
        return new Spaces(leading, trailing);
    }

    private static boolean isSpace(char c) {
        return c == ByteLevel.SPACE || Categories.isWhiteSpace(c);
    }

    void apply(CharSequence text, TokenList tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            int start = tokens.start(i);
            int end = tokens.end(i);
            Spaces spaces = tokens.isFound(i)
                    ? spaces(text.subSequence(start, end))
                    : spacesOf.getOrDefault(tokens.id(i), Spaces.NONE);
            if (spaces.leading() > 0 || spaces.trailing() > 0) {
                boolean kept = prefixed && spaces.leading() == 1 && (i == 0 || start == 0);
                int trimmed = kept ? start : forward(text, start, end, spaces.leading());
                tokens.set(i, trimmed, back(text, trimmed, end, spaces.trailing()));
            }
        }
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
