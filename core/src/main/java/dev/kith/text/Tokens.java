package dev.kith.text;

import java.util.Arrays;
import java.util.Objects;

/**
 * The tokens of a text in its order, without any that a model's template adds: neither starts nor ends ever decrease, and
 * several tokens may share a character.
 *
 * @param ids vocabulary ids
 * @param starts where each token starts in the text, in UTF-16 units
 * @param ends where each token ends, exclusive
 */
public record Tokens(int[] ids, int[] starts, int[] ends) {
    /** The number of tokens. */
    public int size() {
        return ids.length;
    }

    /**
     * Some of the tokens; offsets still refer to the whole text.
     *
     * @param from the first token
     * @param to behind the last token
     * @throws IndexOutOfBoundsException unless 0 &lt;= from &lt;= to &lt;= size
     */
    public Tokens slice(int from, int to) {
        Objects.checkFromToIndex(from, to, ids.length);
        return new Tokens(
                Arrays.copyOfRange(ids, from, to),
                Arrays.copyOfRange(starts, from, to),
                Arrays.copyOfRange(ends, from, to));
    }
}
