package dev.kith.tokenizers;

/** Cuts a word into tokens of a vocabulary. Immutable. */
sealed interface Model permits WordPiece, Bpe, Unigram {
    /** Adds the tokens of the word between two positions of a text, which is not empty, to the scratch's list. */
    void tokenize(NormalizedText text, int from, int to, Scratch scratch);

    /** The id of a token, or -1. */
    int id(String token);
}
