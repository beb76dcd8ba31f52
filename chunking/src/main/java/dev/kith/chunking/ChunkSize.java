package dev.kith.chunking;

import dev.kith.text.Tokenizer;

/**
 * How long a chunk may be, and how much of it the next one repeats when running text has to be cut. Both are counted in
 * characters or in tokens; white space around a chunk does not count.
 */
public sealed interface ChunkSize {
    /** The largest length of a chunk, with its {@link dev.kith.text.Chunk#context() context}; at least 1. */
    int max();

    /** How much of a chunk the next one may repeat; from 0 to max - 1. */
    int overlap();

    /** Names the unit and both numbers. */
    String identity();

    /**
     * Counts UTF-16 units, as {@link String#length()} does.
     *
     * @throws IllegalArgumentException unless 0 &lt;= overlap &lt; max
     */
    static ChunkSize characters(int max, int overlap) {
        return new Characters(max, overlap);
    }

    /**
     * Counts the tokens of the document's text that a chunk touches. The text is tokenized once, as a whole: a tokenizer
     * that reads a word differently at the start of a text may count a token more or less in the chunk alone.
     *
     * @param tokenizer the embedder's own, so that what it counts is what the model reads
     * @throws IllegalArgumentException unless 0 &lt;= overlap &lt; max
     */
    static ChunkSize tokens(Tokenizer tokenizer, int max, int overlap) {
        return new TokenCount(tokenizer, max, overlap);
    }

    /** A size in UTF-16 units. */
    record Characters(int max, int overlap) implements ChunkSize {
        /** @throws IllegalArgumentException unless 0 &lt;= overlap &lt; max */
        public Characters {
            check(max, overlap);
        }

        @Override
        public String identity() {
            return "characters " + max + "/" + overlap;
        }
    }

    /** A size in tokens. */
    record TokenCount(Tokenizer tokenizer, int max, int overlap) implements ChunkSize {
        /** @throws IllegalArgumentException unless 0 &lt;= overlap &lt; max */
        public TokenCount {
            check(max, overlap);
        }

        @Override
        public String identity() {
            return "tokens of " + tokenizer.identity() + " " + max + "/" + overlap;
        }
    }

    private static void check(int max, int overlap) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be positive: " + max);
        }
        if (overlap < 0 || overlap >= max) {
            throw new IllegalArgumentException(
                    "overlap must be from 0 to max - 1: overlap " + overlap + ", max " + max);
        }
    }
}
