package dev.kith.text;

/** Turns text into a model's tokens, with offsets and without truncation. Immutable, safe for any number of threads. */
public interface Tokenizer {
    /** All tokens of the text, none that a template adds. */
    Tokens tokenize(CharSequence text);

    /** The number of tokens of the text. */
    default int count(CharSequence text) {
        return tokenize(text).size();
    }

    /** Names the vocabulary and rules; two tokenizers with equal identities give equal tokens. */
    String identity();
}
