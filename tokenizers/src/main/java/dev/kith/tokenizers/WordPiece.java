package dev.kith.tokenizers;

import java.util.HashMap;
import java.util.Map;

/**
 * WordPiece: from the left, always the longest token of the vocabulary; tokens that continue a word have a prefix there.
 * A word that cannot be cut so, or that is too long, is one unknown token. [Wu et al., "Google's Neural Machine
 * Translation System", arXiv:1609.08144; the greedy matching is BERT's.]
 */
final class WordPiece implements Model {
    private final Vocabulary firsts;
    private final Vocabulary continuations;
    private final int unknown;
    private final int maxWord;

    /**
     * @param prefix what continuing tokens begin with in the vocabulary
     * @param unknown the id of the unknown token
     * @param maxWord how many code points a word may have
     */
    WordPiece(Map<String, Integer> tokens, String prefix, int unknown, int maxWord) {
        Map<String, Integer> continuing = new HashMap<>();
        for (Map.Entry<String, Integer> token : tokens.entrySet()) {
            if (token.getKey().startsWith(prefix)) {
                continuing.put(token.getKey().substring(prefix.length()), token.getValue());
            }
        }
        this.firsts = new Vocabulary(tokens);
        this.continuations = new Vocabulary(continuing);
        this.unknown = unknown;
        this.maxWord = maxWord;
    }

    @Override
    public void tokenize(NormalizedText text, int from, int to, Scratch scratch) {
        TokenList out = scratch.tokens;
        int mark = out.size();
        boolean tooLong = to - from > maxWord
                && Character.codePointCount(text.chars(), from, to - from) > maxWord;
        if (tooLong || !cut(text, from, to, out)) {
            out.truncate(mark);
            out.add(unknown, text.start(from), text.end(to - 1));
        }
    }

    private boolean cut(NormalizedText text, int from, int to, TokenList out) {
        char[] chars = text.chars();
        int start = from;
        while (start < to) {
            Vocabulary vocabulary = start == from ? firsts : continuations;
            int end = Math.min(to, start + vocabulary.longest());
            int hash = Vocabulary.hash(chars, start, end);
            int id = -1;
            while (end > start && (id = vocabulary.id(chars, start, end, hash)) < 0) {
                hash = (hash - chars[--end]) * Vocabulary.INVERSE;
            }
            if (id < 0) {
                return false;
            }
            out.add(id, text.start(start), text.end(end - 1));
            start = end;
        }
        return true;
    }

    @Override
    public int id(String token) {
        return firsts.id(token);
    }
}
