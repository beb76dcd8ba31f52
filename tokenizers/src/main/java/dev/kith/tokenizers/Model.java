package dev.kith.tokenizers;

/** Cuts a word into tokens of a vocabulary. Immutable. */
sealed interface Model permits WordPiece, Bpe {
    /** Adds the tokens of the word between two positions of a text. */
    void tokenize(NormalizedText text, int from, int to, TokenList out);

    /** The id of a token, or -1. */
    int id(String token);
}
