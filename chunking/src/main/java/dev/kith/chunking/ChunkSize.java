package dev.kith.chunking;

import dev.kith.text.Tokenizer;

/**
 * How long a chunk may be, and how much of it the next one repeats when running text has to be cut. Both are counted in
 * characters or in tokens; white space around a chunk does not count.
 */
public sealed interface ChunkSize {
    /** The largest length of a chunk, with its {@link dev.kith.text.Chunk#context() context}; at least 1. */
    int max();

    /** How much of a chunk the next one may repeat. */
    Overlap overlap();

    /** Names the unit and both amounts. */
    String identity();

    /**
     * Counts UTF-16 units, as {@link String#length()} does.
     *
     * @throws IllegalArgumentException unless 0 &lt;= overlap &lt; max
     */
    static ChunkSize characters(int max, int overlap) {
        return characters(max, units(max, overlap));
    }

    /**
     * Counts UTF-16 units, as {@link String#length()} does.
     *
     * @throws IllegalArgumentException if max is not positive or an overlap in units is not less than max
     */
    static ChunkSize characters(int max, Overlap overlap) {
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
        return tokens(tokenizer, max, units(max, overlap));
    }

    /**
     * Counts tokens, as {@link #tokens(Tokenizer, int, int)} does.
     *
     * @throws IllegalArgumentException if max is not positive or an overlap in units is not less than max
     */
    static ChunkSize tokens(Tokenizer tokenizer, int max, Overlap overlap) {
        return new TokenCount(tokenizer, max, overlap);
    }

    /** A size in UTF-16 units. */
    record Characters(int max, Overlap overlap) implements ChunkSize {
        /** @throws IllegalArgumentException if max is not positive or an overlap in units is not less than max */
        public Characters {
            check(max, overlap);
        }

        @Override
        public String identity() {
            return "characters " + max + "/" + overlap.identity();
        }
    }

    /** A size in tokens. */
    record TokenCount(Tokenizer tokenizer, int max, Overlap overlap) implements ChunkSize {
        /** @throws IllegalArgumentException if max is not positive or an overlap in units is not less than max */
        public TokenCount {
            check(max, overlap);
        }

        @Override
        public String identity() {
            return "tokens of " + tokenizer.identity() + " " + max + "/" + overlap.identity();
        }
    }

    private static Overlap units(int max, int overlap) {
        checkUnits(max, overlap);
        return Overlap.of(overlap);
    }

    private static void check(int max, Overlap overlap) {
        checkUnits(max, overlap instanceof Overlap.Units units ? units.amount() : 0);
    }

    private static void checkUnits(int max, int overlap) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be positive: " + max);
        }
        if (overlap < 0 || overlap >= max) {
            throw new IllegalArgumentException(
                    "overlap must be from 0 to max - 1: overlap " + overlap + ", max " + max);
        }
    }
}
