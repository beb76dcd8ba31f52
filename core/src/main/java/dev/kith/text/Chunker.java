package dev.kith.text;

import java.util.List;

/**
 * Cuts documents into passages. Deterministic, immutable and safe for any number of threads.
 *
 * <p>Every chunker keeps these promises on every text, lone surrogates and NULs included: spans are in ascending order of
 * start and of end, none is empty or blank, every character that is not white space (or, in HTML, not visible) is in some
 * span, and no chunk is longer than the maximum unless it is a single code point (in
 * HTML: what a single character reference stands for). No span cuts a surrogate pair, nor a
 * user-perceived character that fits into the maximum. White space is what Java or Unicode calls so, no-break spaces and the
 * byte order mark included.
 */
public interface Chunker {
    /** The passages of a document in order; none for a blank one. */
    List<Chunk> chunk(Document document);

    /** Names the algorithm and its settings; two chunkers with equal identities cut alike. */
    String identity();
}
