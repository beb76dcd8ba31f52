package dev.kith.tokenizers;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private final List<Added> tokens;
    private final BitSet firsts = new BitSet();
    /** From spellings to places in the list. */
    private final Trie spellings;

    AddedTokens(List<Added> tokens) {
        this.tokens = List.copyOf(tokens);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String content = tokens.get(i).content();
            if (!content.isEmpty()) {
                places.putIfAbsent(content, i);
                firsts.set(content.charAt(0));
            }
        }
        spellings = new Trie(places);
    }

    boolean isEmpty() {
        return firsts.isEmpty();
    }

    /** Lists all matches in order; they do not overlap. */
    void find(CharSequence text, TokenList matches) {
        matches.clear();
        if (isEmpty()) {
            return;
        }
        int free = 0; // behind the last match and the space it took
        int size = text.length();
        for (int i = 0; i < size; ) {
            int place = firsts.get(text.charAt(i)) ? longestAt(text, i) : Trie.NONE;
            if (place == Trie.NONE) {
                i++;
                continue;
            }
            Added token = tokens.get(place);
            int end = i + token.content().length();
            if (!token.singleWord() || isSingleWord(text, i, end)) {
                int start = token.stripLeft() ? Math.max(free, spaceBefore(text, i)) : i;
                free = token.stripRight() ? spaceBehind(text, end) : end;
                matches.add(token.id(), start, free);
            }
            i = Math.max(end, free);
        }
    }

    private int longestAt(CharSequence text, int start) {
        int longest = Trie.NONE;
        int node = Trie.ROOT;
        for (int i = start; i < text.length(); i++) {
            node = spellings.next(node, text.charAt(i));
            if (node == Trie.NONE) {
                break;
            }
            int place = spellings.value(node);
            longest = place == Trie.NONE ? longest : place;
        }
        return longest;
    }

    private static boolean isSingleWord(CharSequence text, int start, int end) {
        boolean free = start == 0 || !Categories.isWord(Character.codePointBefore(text, start));
        return free
                && (end == text.length() || !Categories.isWord(Character.codePointAt(text, end)));
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
