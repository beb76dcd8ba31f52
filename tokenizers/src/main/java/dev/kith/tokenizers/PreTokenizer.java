package dev.kith.tokenizers;

/** Cuts normalized text into words, which the model takes one at a time. Immutable. */
sealed interface PreTokenizer permits BertPreTokenizer, ByteLevel {
    /** Takes a word: the characters from {@code from} to {@code to} of a text, valid during the call only. */
    @FunctionalInterface
    interface Words {
        void accept(NormalizedText text, int from, int to);
    }

    /** Passes the words between two positions, in order. */
    void split(NormalizedText text, int from, int to, Words words);

    /** Whether text may be cut before a single space without changing any word. */
    boolean cutsAtSpaces();
}
