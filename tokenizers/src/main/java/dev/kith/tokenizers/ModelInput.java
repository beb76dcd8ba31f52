package dev.kith.tokenizers;

/**
 * What a model reads: tokens with the special ones that its template puts around them.
 *
 * @param ids vocabulary ids
 * @param typeIds which text each token belongs to, as the model was taught: mostly 0, or 1 for a pair's second
 */
public record ModelInput(int[] ids, int[] typeIds) {
    /** The number of tokens, special ones included. */
    public int size() {
        return ids.length;
    }
}
