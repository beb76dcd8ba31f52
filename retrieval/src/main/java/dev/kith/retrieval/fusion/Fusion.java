package dev.kith.retrieval.fusion;

/**
 * Makes one ranking of the dense and the sparse one. Stateless, deterministic, thread-safe.
 *
 * <p>Scores that go in: dense ones in [0, 1] with 0 the least the metric allows, sparse ones at least 0, both larger when
 * better. Scores that come out are in [0, 1]. A candidate that one ranking lacks gets nothing from it.
 */
@FunctionalInterface
public interface Fusion {
    /** The union of both rankings by fused score; ties in order of ascending row. */
    Ranking fuse(Ranking dense, Ranking sparse);

    /**
     * The default: {@code alpha * dense + (1 - alpha) * sparse} over scores that are stretched to [0, 1] between the worst
     * and the best candidate of each ranking. Keeps by how much one candidate beats the next, which ranks forget; better than
     * reciprocal ranks in and out of domain (Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, TOIS
     * 2023).
     *
     * @param alpha the weight of the dense half, in [0, 1]
     */
    static Fusion minMax(double alpha) {
        return new ConvexFusion(alpha, true);
    }

    /**
     * As {@link #minMax}, stretched between the least possible score, 0, and the best candidate's: does not depend on how many
     * candidates there are (the same paper's theoretical minimum).
     *
     * @param alpha the weight of the dense half, in [0, 1]
     */
    static Fusion theoreticalMin(double alpha) {
        return new ConvexFusion(alpha, false);
    }

    /**
     * Reciprocal rank fusion, the sum of {@code 1 / (k + rank)}, divided by the largest possible sum (Cormack, Clarke,
     * Büttcher, SIGIR 2009). Needs no scores; k = 60 is customary.
     *
     * @param k how much the first ranks stand out less, at least 0
     */
    static Fusion rrf(int k) {
        return new ReciprocalRankFusion(k);
    }
}
