package dev.kith.tokenizers;

import java.util.Map;

/**
 * Byte-pair encoding: a word's characters, merged pair by pair, the pair of the lowest rank first and of those the
 * leftmost. [Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", arXiv:1508.07909.] A queue of
 * candidate pairs keeps this at n log n for words of any length.
 */
final class Bpe implements Model {
    /** How a model treats what it has no token for. */
    record Settings(int unknown, boolean fuseUnknown, boolean wholeWords) {
        /** Stands for the unknown token of a model without one. */
        static final int NONE = -1;
    }

    private final Vocabulary vocabulary;
    private final Merges merges;
    private final Settings settings;

    Bpe(Map<String, Integer> tokens, Merges merges, Settings settings) {
        this.vocabulary = new Vocabulary(tokens);
        this.merges = merges;
        this.settings = settings;
    }

    @Override
    public void tokenize(NormalizedText text, int from, int to, TokenList out) {
        if (settings.wholeWords()) {
            int id = vocabulary.id(text.chars(), from, to, Vocabulary.hash(text.chars(), from, to));
            if (id >= 0) {
                out.add(id, text.start(from), text.end(to - 1));
                return;
            }
        }
        BpeWord word = new BpeWord(to - from);
        fill(word, text, from, to);
        word.merge(merges);
        for (int i = 0; i < word.size(); i = word.next(i)) {
            out.add(word.id(i), text.start(word.start(i)), text.end(word.end(i) - 1));
        }
    }

    /** Adds a symbol per code point. A model that knows no unknown token drops what it does not know. */
    private void fill(BpeWord word, NormalizedText text, int from, int to) {
        char[] chars = text.chars();
        boolean afterUnknown = false;
        int end;
        for (int i = from; i < to; i = end) {
            end = i + Character.charCount(text.codePointAt(i));
            int id = vocabulary.id(chars, i, end, Vocabulary.hash(chars, i, end));
            if (id >= 0) {
                word.add(id, i, end);
            } else if (afterUnknown && settings.fuseUnknown()) {
                word.extend(end);
            } else if (settings.unknown() != Settings.NONE) {
                word.add(settings.unknown(), i, end);
            }
            afterUnknown = id < 0 && settings.unknown() != Settings.NONE;
        }
    }

    @Override
    public int id(String token) {
        return vocabulary.id(token);
    }
}
