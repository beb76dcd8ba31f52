package dev.kith.text;

import java.util.List;

/**
 * Cuts documents into passages. Deterministic, immutable and safe for any number of threads.
 *
 * <p>Every chunker keeps these promises on every text, lone surrogates and NULs included: spans are in ascending order of
 * start and of end, none is empty or blank, none cuts a surrogate pair, every character that is not white space (or, in
 * HTML, not visible) is in some span, and no chunk is longer than the maximum unless one user-perceived character is.
 */
public interface Chunker {
    /** The passages of a document in order; none for a blank one. */
    List<Chunk> chunk(Document document);

    /** Names the algorithm and its settings; two chunkers with equal identities cut alike. */
    String identity();
}
