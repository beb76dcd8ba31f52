package dev.kith.tokenizers;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding: a word's characters, merged pair by pair, the pair of the lowest rank first and of those the
 * leftmost. [Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", arXiv:1508.07909.] A queue of
 * candidate pairs keeps this at n log n for words of any length.
 */
final class Bpe implements Model {
    /**
     * How a model spells words, and treats what it has no token for.
     *
     * @param unknown the id of the unknown token, or {@link #NONE}
     * @param fuseUnknown whether unknown characters in a row are one token
     * @param wholeWords whether a word that is a token is not merged but taken
     * @param byteFallback whether an unknown character becomes tokens of its bytes
     * @param prefix what characters inside a word begin with in the vocabulary
     * @param suffix what a word's last character ends with in the vocabulary
     */
    record Settings(
            int unknown,
            boolean fuseUnknown,
            boolean wholeWords,
            boolean byteFallback,
            String prefix,
            String suffix) {
        /** Stands for the unknown token of a model without one. */
        static final int NONE = -1;

        boolean affixes() {
            return !prefix.isEmpty() || !suffix.isEmpty();
        }
    }

    private final Vocabulary vocabulary;
    private final Pairs merges;
    private final Settings settings;
    private final @Nullable ByteTokens bytes;
    /** Tokens that a word of their spelling becomes: most words are one, and need no merging. */
    private final BitSet wholes = new BitSet();

    /**
     * @param merges from two tokens' ids to {@code rank << 32 | id} of the token that they merge into
     */
    Bpe(Map<String, Integer> tokens, Pairs merges, Settings settings) {
        this.vocabulary = new Vocabulary(tokens);
        this.merges = merges;
        this.settings = settings;
        this.bytes = settings.byteFallback() ? new ByteTokens(tokens) : null;
        findWholes(tokens);
    }

    private void findWholes(Map<String, Integer> tokens) {
        NormalizedText text = new NormalizedText();
        BpeWord word = new BpeWord();
        tokens.forEach((token, id) -> {
            text.load(token, 0, token.length());
            word.clear();
            fill(word, text, 0, token.length());
            word.merge(merges);
            boolean one = word.size() > 0 && word.next(0) == word.size() && word.id(0) == id;
            // With affixes a word's last character is another than its spelling says.
            wholes.set(id, settings.wholeWords() || (one && !settings.affixes()));
        });
    }

    @Override
    public void tokenize(NormalizedText text, int from, int to, Scratch scratch) {
        TokenList out = scratch.tokens;
        if (to - from <= vocabulary.longest()) {
            int id = id(text.chars(), from, to);
            if (id >= 0 && wholes.get(id)) {
                out.add(id, text.start(from), text.end(to - 1));
                return;
            }
        }
        BpeWord word = scratch.merging;
        word.clear();
        fill(word, text, from, to);
        word.merge(merges);
        for (int i = 0; i < word.size(); i = word.next(i)) {
            out.add(word.id(i), text.start(word.start(i)), text.end(word.end(i) - 1));
        }
    }

    /** Adds a symbol per code point. A model that knows no unknown token drops what it does not know. */
    private void fill(BpeWord word, NormalizedText text, int from, int to) {
        boolean afterUnknown = false;
        int end;
        for (int i = from; i < to; i = end) {
            int c = text.codePointAt(i);
            end = i + Character.charCount(c);
            int id = settings.affixes()
                    ? affixed(text.chars(), i, end, i > from, end == to)
                    : id(text.chars(), i, end);
            boolean unknown = false;
            if (id >= 0) {
                word.add(id, i, end);
            } else if (bytes != null) {
                spell(bytes, c, word, i, end);
            } else if (afterUnknown && settings.fuseUnknown()) {
                word.extend(end);
                unknown = true;
            } else if (settings.unknown() != Settings.NONE) {
                word.add(settings.unknown(), i, end);
                unknown = true;
            }
            afterUnknown = unknown;
        }
    }

    private static void spell(ByteTokens bytes, int c, BpeWord word, int start, int end) {
        int length = Utf8.length(c);
        for (int k = 0; k < length; k++) {
            word.add(bytes.id(Utf8.byteAt(c, length, k)), start, end);
        }
    }

    private int id(char[] chars, int from, int to) {
        return vocabulary.id(chars, from, to, Vocabulary.hash(chars, from, to));
    }

    /** The id of a character as it is spelled at its place in a word. */
    private int affixed(char[] chars, int from, int to, boolean inside, boolean last) {
        String prefix = inside ? settings.prefix() : "";
        String suffix = last ? settings.suffix() : "";
        char[] spelled = new char[prefix.length() + to - from + suffix.length()];
        prefix.getChars(0, prefix.length(), spelled, 0);
        System.arraycopy(chars, from, spelled, prefix.length(), to - from);
        suffix.getChars(0, suffix.length(), spelled, spelled.length - suffix.length());
        return id(spelled, 0, spelled.length);
    }

    @Override
    public int id(String token) {
        return vocabulary.id(token);
    }
}
