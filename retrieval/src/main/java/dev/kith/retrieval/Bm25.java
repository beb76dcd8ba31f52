package dev.kith.retrieval;

/**
 * The parameters of BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009). They act when searching: a corpus
 * can be opened with others.
 *
 * @param k1 how long repeated terms keep adding, finite and at least 0
 * @param b how much long passages are penalised, in [0, 1]
 */
public record Bm25(float k1, float b) {
    /** k1 = 0.9, b = 0.4, as published baselines on short passages use. */
    public static final Bm25 DEFAULT = new Bm25(0.9f, 0.4f);

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Bm25 {
        if (!(k1 >= 0 && Float.isFinite(k1))) {
            throw new IllegalArgumentException("k1 must be finite and not negative: " + k1);
        }
        if (!(b >= 0 && b <= 1)) {
            throw new IllegalArgumentException("b must be in [0, 1]: " + b);
        }
    }
}
