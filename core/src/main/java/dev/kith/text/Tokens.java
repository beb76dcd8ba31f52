package dev.kith.text;

/**
 * The tokens of a text, without any that a model's template adds.
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
}
