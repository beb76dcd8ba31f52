package dev.kith.retrieval;

/**
 * Pseudo-relevance feedback by RM3: the best passages of a first BM25 search are taken for relevant, their typical terms are
 * added to the question, and BM25 searches again (Lavrenko, Croft: Relevance-Based Language Models, SIGIR 2001; Abdul-Jaleel
 * et al.: UMass at TREC 2004). Finds passages that say the same in other words; drifts away where the first passages are
 * wrong. It acts on the sparse half.
 *
 * @param documents how many of the best passages are taken for relevant, at least 1
 * @param terms how many terms they give, at least 1
 * @param originalWeight the weight of the question's own terms, in [0, 1]; the passages' terms have the rest
 */
public record Feedback(int documents, int terms, double originalWeight) {
    private static final Feedback RM3 = new Feedback(10, 10, 0.5);

    /** @throws IllegalArgumentException if a number is out of range */
    public Feedback {
        if (documents < 1) {
            throw new IllegalArgumentException("feedback documents must be positive: " + documents);
        }
        if (terms < 1) {
            throw new IllegalArgumentException("feedback terms must be positive: " + terms);
        }
        if (!(originalWeight >= 0 && originalWeight <= 1)) {
            throw new IllegalArgumentException(
                    "the original weight must be in [0, 1]: " + originalWeight);
        }
    }

    /** The customary numbers: 10 passages, 10 terms, half the weight to the question. */
    public static Feedback rm3() {
        return RM3;
    }
}
