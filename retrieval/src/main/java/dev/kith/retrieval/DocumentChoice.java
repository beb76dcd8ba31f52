package dev.kith.retrieval;

/**
 * Which documents a query looks into for passages: it first ranks documents, then searches chunks inside the best.
 *
 * @param by what ranks the documents
 * @param documents how many are looked into, at least 1
 * @param top by chunks: with 1, a document's score is that of its best chunk (MaxP; Dai, Callan: Deeper Text Understanding for
 *     IR with Contextual Neural Language Modeling, SIGIR 2019); with more, the sum of how much its best that many beat the
 *     worst candidate
 */
public record DocumentChoice(By by, int documents, int top) {
    /** What ranks documents. */
    public enum By {
        /** The chunks that the query finds. */
        CHUNKS,
        /** Their summaries, see {@link Summaries}; documents without one are not found. */
        SUMMARIES
    }

    /** @throws IllegalArgumentException if a number is not positive */
    public DocumentChoice {
        if (documents < 1) {
            throw new IllegalArgumentException("documents must be positive: " + documents);
        }
        if (top < 1) {
            throw new IllegalArgumentException(
                    "a document's score needs at least one chunk: " + top);
        }
    }
}
