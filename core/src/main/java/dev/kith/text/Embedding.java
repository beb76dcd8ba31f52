package dev.kith.text;

/**
 * The vector of a text.
 *
 * @param vector the components
 * @param tokens how many of the text's tokens the model saw
 * @param dropped how many it did not, because the text was too long and the embedder was told to truncate
 */
public record Embedding(float[] vector, int tokens, int dropped) {
    /** The same with a vector of its own. */
    public Embedding copy() {
        return new Embedding(vector.clone(), tokens, dropped);
    }
}
