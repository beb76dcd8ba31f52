package dev.kith.retrieval;

/**
 * How BM25 scores (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009): a passage's text, in which title and
 * headings stand as {@link ChunkContext} says, and to it the title and the headings as fields of their own, each weighted. All
 * of it acts when searching: a corpus can be opened with other values.
 *
 * @param k1 how long repeated terms keep adding, finite and at least 0
 * @param b how much long passages are penalised, in [0, 1]
 * @param title the weight of the title's own BM25 beside the text's, finite and at least 0
 * @param headings the weight of the headings' own BM25 beside the text's, finite and at least 0
 */
public record Bm25(float k1, float b, float title, float headings) {
    /** k1 = 0.9, b = 0.4, as published baselines on short passages use; the title counts a quarter more, headings do not. */
    public static final Bm25 DEFAULT = new Bm25(0.9f, 0.4f, 0.25f, 0);

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Bm25 {
        if (!(k1 >= 0 && Float.isFinite(k1))) {
            throw new IllegalArgumentException("k1 must be finite and not negative: " + k1);
        }
        if (!(b >= 0 && b <= 1)) {
            throw new IllegalArgumentException("b must be in [0, 1]: " + b);
        }
        checkWeight("title", title);
        checkWeight("headings", headings);
    }

    private static void checkWeight(String field, float weight) {
        if (!(weight >= 0 && Float.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "the weight of " + field + " must be finite and not negative: " + weight);
        }
    }

    /** The same with other weights of the title and the headings. */
    public Bm25 withFields(float title, float headings) {
        return new Bm25(k1, b, title, headings);
    }
}
