package dev.kith.tokenizers;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a component looks for in text. Immutable. */
sealed interface TextPattern {
    /** Cuts the text between two positions into what matches, from the left and without overlap, and the rest. */
    void cut(NormalizedText text, int from, int to, Segments out);

    /** Whether nothing that is found can contain a space between two letters, and the rest does not care. */
    boolean ignoresSpaces();

    /** Every code point of a class is a match of its own. */
    record OfClass(IntPredicate members) implements TextPattern {
        @Override
        public void cut(NormalizedText text, int from, int to, Segments out) {
            out.reset(from);
            int end;
            for (int i = from; i < to; i = end) {
                int c = text.codePointAt(i);
                end = i + Character.charCount(c);
                if (members.test(c)) {
                    out.match(i, end);
                }
            }
            out.rest(to);
        }

        @Override
        public boolean ignoresSpaces() {
            return true;
        }
    }

    /** A text that is not empty, as it is spelled. */
    record Literal(String wanted) implements TextPattern {
        @Override
        public void cut(NormalizedText text, int from, int to, Segments out) {
            out.reset(from);
            int last = to - wanted.length();
            for (int i = from; i <= last; ) {
                if (matches(text.chars(), i)) {
                    out.match(i, i + wanted.length());
                    i += wanted.length();
                } else {
                    i++;
                }
            }
            out.rest(to);
        }

        private boolean matches(char[] chars, int at) {
            for (int i = 0; i < wanted.length(); i++) {
                if (chars[at + i] != wanted.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean ignoresSpaces() {
            return wanted.equals(" ") || wanted.indexOf(' ') < 0;
        }
    }

    /** A regular expression. A match of nothing counts unless it touches the match before it. */
    record Regex(Pattern pattern) implements TextPattern {
        @Override
        public void cut(NormalizedText text, int from, int to, Segments out) {
            out.reset(from);
            Matcher matcher = text.matcher(pattern, from, to);
            int lastEnd = -1;
            int at = 0;
            while (at <= to - from && find(matcher, at)) {
                int end = matcher.end();
                if (end == matcher.start() && end == lastEnd) {
                    at += at < to - from ? Character.charCount(text.codePointAt(from + at)) : 1;
                } else {
                    out.match(from + matcher.start(), from + end);
                    lastEnd = end;
                    at = end;
                }
            }
            out.rest(to);
        }

        private static boolean find(Matcher matcher, int at) {
            try {
                return matcher.find(at);
            } catch (StackOverflowError e) {
                throw new IllegalArgumentException(
                        "text has too long a match of the tokenizer's regular expression '"
                                + matcher.pattern() + "'",
                        e);
            }
        }

        @Override
        public boolean ignoresSpaces() {
            return false;
        }
    }
}
