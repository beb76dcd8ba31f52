package dev.kith.tokenizers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens that are words of their own wherever a text contains them, like {@code [MASK]}: from the left, of several at
 * one place the longest. Immutable.
 */
final class AddedTokens {
    /**
     * One of them.
     *
     * @param singleWord whether it counts only where no letter touches it
     * @param stripLeft whether it takes the white space before it with it
     * @param stripRight whether it takes the white space behind it with it
     */
    record Added(
            int id, String content, boolean singleWord, boolean stripLeft, boolean stripRight) {}

    /** Where one was found. */
    record Match(int id, int start, int end) {}

    private final List<Added> longestFirst;
    private final BitSet firsts = new BitSet();

    AddedTokens(List<Added> tokens) {
        longestFirst = tokens.stream()
                .filter(token -> !token.content().isEmpty())
                .sorted(Comparator.comparingInt(token -> -token.content().length()))
                .toList();
        longestFirst.forEach(token -> firsts.set(token.content().charAt(0)));
    }

    boolean isEmpty() {
        return longestFirst.isEmpty();
    }

    /** All matches in order; they do not overlap. */
    List<Match> find(CharSequence text) {
        if (longestFirst.isEmpty()) {
            return List.of();
        }
        List<Match> matches = new ArrayList<>();
        int free = 0; // behind the last match and the space it took
        int i = 0;
        while (i < text.length()) {
            Added token = firsts.get(text.charAt(i)) ? longestAt(text, i) : null;
            if (token == null) {
                i++;
                continue;
            }
            int end = i + token.content().length();
            if (!token.singleWord() || isSingleWord(text, i, end)) {
                int start = token.stripLeft() ? Math.max(free, spaceBefore(text, i)) : i;
                free = token.stripRight() ? spaceBehind(text, end) : end;
                matches.add(new Match(token.id(), start, free));
            }
            i = Math.max(end, free);
        }
        return matches;
    }

    private @Nullable Added longestAt(CharSequence text, int start) {
        for (Added token : longestFirst) {
            String content = token.content();
            int end = start + content.length();
            if (end <= text.length() && content.contentEquals(text.subSequence(start, end))) {
                return token;
            }
        }
        return null;
    }

    private static boolean isSingleWord(CharSequence text, int start, int end) {
        boolean free = start == 0 || !isWord(Character.codePointBefore(text, start));
        return free && (end == text.length() || !isWord(Character.codePointAt(text, end)));
    }

    /** Whether {@code \\w} of Unicode regular expressions matches. */
    private static boolean isWord(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> true;
            default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
        };
    }

    private static int spaceBefore(CharSequence text, int from) {
        int start = from;
        while (start > 0 && Categories.isWhiteSpace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int spaceBehind(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && Categories.isWhiteSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
