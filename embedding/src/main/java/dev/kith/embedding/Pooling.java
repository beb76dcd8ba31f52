package dev.kith.embedding;

/** How one vector is made of a vector per token. A model was trained with one of them and is useless with another. */
public enum Pooling {
    /** The mean of all tokens' vectors, special tokens included: MiniLM, E5, GTE. */
    MEAN,
    /** The vector of the first token: BGE, Arctic. */
    CLS,
    /** The vector of the last token: models made from decoders. */
    LAST
}
