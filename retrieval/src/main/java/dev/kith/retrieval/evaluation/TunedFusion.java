package dev.kith.retrieval.evaluation;

import dev.kith.retrieval.fusion.Fusion;

import java.util.List;

/**
 * What a {@link FusionTuner} found.
 *
 * @param fusion the best of all that were tried, by the mean over all queries
 * @param ndcg10 its mean nDCG@10. It was chosen by these very queries, so it flatters
 * @param crossValidated the mean nDCG@10 where each half of the queries is ranked by the fusion that is best for the other
 *     half: what to expect of tuned fusion on queries that were not seen
 * @param folds the two fusions of the cross-validation: the best for the first half, and for the second
 * @param queries how many queries had a relevant document
 * @param trials everything that was tried, in the order of the grid
 */
public record TunedFusion(
        Fusion fusion,
        double ndcg10,
        double crossValidated,
        List<Fusion> folds,
        int queries,
        List<Trial> trials) {
    /** A fusion and its mean nDCG@10 over all queries. */
    public record Trial(Fusion fusion, double ndcg10) {}

    /** Copies the lists. */
    public TunedFusion {
        folds = List.copyOf(folds);
        trials = List.copyOf(trials);
    }
}
