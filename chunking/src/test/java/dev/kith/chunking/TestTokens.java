package dev.kith.chunking;

import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Tokenizers whose tokens are easy to count. */
enum TestTokens implements Tokenizer {
    /** A run of letters and digits, or one other code point that is not white space. */
    WORDS {
        @Override
        public Tokens tokenize(CharSequence text) {
            IntStream.Builder starts = IntStream.builder();
            IntStream.Builder ends = IntStream.builder();
            int at = 0;
            while (at < text.length()) {
                int next = at + Character.charCount(Character.codePointAt(text, at));
                if (Character.isLetterOrDigit(Character.codePointAt(text, at))) {
                    while (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
                        next++;
                    }
                }
                if (!Breaks.white(text.charAt(at))) {
                    starts.add(at);
                    ends.add(next);
                }
                at = next;
            }
            return tokens(starts, ends);
        }
    },
    /** A byte of UTF-8, as in a byte-level vocabulary without merges: several tokens may share a character. */
    BYTES {
        @Override
        public Tokens tokenize(CharSequence text) {
            IntStream.Builder starts = IntStream.builder();
            IntStream.Builder ends = IntStream.builder();
            int at = 0;
            while (at < text.length()) {
                int codePoint = Character.codePointAt(text, at);
                int next = at + Character.charCount(codePoint);
                int bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
                for (int i = 0; i < bytes; i++) {
                    starts.add(at);
                    ends.add(next);
                }
                at = next;
            }
            return tokens(starts, ends);
        }
    };

    private static Tokens tokens(IntStream.Builder starts, IntStream.Builder ends) {
        int[] first = starts.build().toArray();
        return new Tokens(new int[first.length], first, ends.build().toArray());
    }

    @Override
    public String identity() {
        return "test " + name();
    }
}
