package dev.kith.embedding;

/** What becomes of a text that has more tokens than the model reads at once. */
public enum LongText {
    /** It is cut into windows of nearly equal length, whose vectors are averaged, each weighted by its tokens. */
    SPLIT,
    /** Its end is left out, and the embedding says how many tokens that were. */
    TRUNCATE,
    /** It is refused with an {@link IllegalArgumentException}. */
    FAIL
}
