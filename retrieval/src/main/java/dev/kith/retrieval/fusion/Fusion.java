package dev.kith.retrieval.fusion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes one ranking of the dense and the sparse one: {@code alpha * dense + (1 - alpha) * sparse} over scores that the kind of
 * fusion has {@linkplain #normalized normalised}. Immutable, deterministic, thread-safe; has a text form, {@code
 * min-max?alpha=0.6}.
 *
 * <p>Scores that go in: dense ones in [0, 1] with 0 the least that the metric allows (for cosine {@code (1 + cosine) / 2}, so
 * 0 is a cosine of -1), sparse ones at least 0, both larger when better. Scores that come out are in [0, 1]. A candidate that
 * one ranking lacks gets nothing from it.
 */
public sealed interface Fusion {
    /** The dense half's weight, in [0, 1]; the sparse half has the rest. */
    double alpha();

    /**
     * What each candidate of one half brings before it is weighted, in [0, 1], in the ranking's order.
     *
     * @param half the dense or the sparse ranking
     */
    double[] normalized(Ranking half);

    /** The text form, which {@link #parse} reads back as an equal fusion. */
    String text();

    /** The union of both rankings by fused score; ties in order of ascending row. */
    default Ranking fuse(Ranking dense, Ranking sparse) {
        Map<Integer, Double> fused = new HashMap<>();
        add(fused, dense, alpha());
        add(fused, sparse, 1 - alpha());
        return Ranking.of(fused);
    }

    private void add(Map<Integer, Double> fused, Ranking half, double weight) {
        double[] normalized = normalized(half);
        for (int i = 0; i < normalized.length; i++) {
            fused.merge(half.rows()[i], weight * normalized[i], Double::sum);
        }
    }

    /**
     * The default kind: scores stretched to [0, 1] between the worst and the best candidate of each half. Keeps by how much
     * one candidate beats the next, which ranks forget; better than reciprocal ranks in and out of domain (Bruch, Gai, Ingber:
     * An Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023).
     */
    record MinMax(double alpha) implements Fusion {
        /** @throws IllegalArgumentException if alpha is not in [0, 1] */
        public MinMax {
            checkAlpha(alpha);
        }

        @Override
        public double[] normalized(Ranking half) {
            return half.size() == 0
                    ? new double[0]
                    : stretched(half, half.scores()[half.size() - 1], half.scores()[0]);
        }

        @Override
        public String text() {
            return FusionText.MIN_MAX + "?alpha=" + alpha;
        }
    }

    /**
     * As {@link MinMax}, stretched between the least possible score, 0, and the best candidate's: does not depend on how many
     * candidates there are (the same paper's theoretical minimum-maximum scaling). The least possible is a cosine of -1 for
     * the dense half and a BM25 score of 0 for the sparse half.
     */
    record TheoreticalMin(double alpha) implements Fusion {
        /** @throws IllegalArgumentException if alpha is not in [0, 1] */
        public TheoreticalMin {
            checkAlpha(alpha);
        }

        @Override
        public double[] normalized(Ranking half) {
            return half.size() == 0 ? new double[0] : stretched(half, 0, half.scores()[0]);
        }

        @Override
        public String text() {
            return FusionText.THEORETICAL_MIN + "?alpha=" + alpha;
        }
    }

    /**
     * Reciprocal rank fusion, the weighted sum of {@code 1 / (k + rank)}, scaled so that the first of both halves gets 1
     * (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet, SIGIR 2009, where both weigh the same). Needs
     * no scores.
     *
     * @param k how much the first ranks stand out less; 60 is customary
     */
    record ReciprocalRank(int k, double alpha) implements Fusion {
        /** @throws IllegalArgumentException if k is negative or alpha not in [0, 1] */
        public ReciprocalRank {
            if (k < 0) {
                throw new IllegalArgumentException("k must not be negative: " + k);
            }
            checkAlpha(alpha);
        }

        @Override
        public double[] normalized(Ranking half) {
            double[] normalized = new double[half.size()];
            for (int i = 0; i < normalized.length; i++) {
                normalized[i] = (k + 1.0) / (k + 1.0 + i);
            }
            return normalized;
        }

        @Override
        public String text() {
            return FusionText.RECIPROCAL_RANK + "?k=" + k + "&alpha=" + alpha;
        }
    }

    /**
     * Distribution-based score fusion: scores stretched between three standard deviations below and above the mean of each
     * half's candidates, and clipped to [0, 1] (Mazzeschi: Distribution-Based Score Fusion, 2023). One outlier does not press
     * the others together as it does with {@link MinMax}. Candidates that are all alike get one half.
     */
    record DistributionBased(double alpha) implements Fusion {
        private static final double DEVIATIONS = 3;

        /** @throws IllegalArgumentException if alpha is not in [0, 1] */
        public DistributionBased {
            checkAlpha(alpha);
        }

        @Override
        public double[] normalized(Ranking half) {
            double mean = Arrays.stream(half.scores()).average().orElse(0);
            double variance = Arrays.stream(half.scores())
                    .map(score -> (score - mean) * (score - mean))
                    .average()
                    .orElse(0);
            double reach = DEVIATIONS * Math.sqrt(variance);
            return Arrays.stream(half.scores())
                    .map(score -> reach > 0 ? (score - mean + reach) / (2 * reach) : 0.5)
                    .map(score -> Math.clamp(score, 0.0, 1.0))
                    .toArray();
        }

        @Override
        public String text() {
            return FusionText.DISTRIBUTION_BASED + "?alpha=" + alpha;
        }
    }

    /** {@link MinMax}. */
    static Fusion minMax(double alpha) {
        return new MinMax(alpha);
    }

    /** {@link TheoreticalMin}. */
    static Fusion theoreticalMin(double alpha) {
        return new TheoreticalMin(alpha);
    }

    /** {@link ReciprocalRank} with equal weights. */
    static Fusion rrf(int k) {
        return new ReciprocalRank(k, 0.5);
    }

    /** {@link ReciprocalRank} with the dense half's weight. */
    static Fusion rrf(int k, double alpha) {
        return new ReciprocalRank(k, alpha);
    }

    /** {@link DistributionBased}. */
    static Fusion distributionBased(double alpha) {
        return new DistributionBased(alpha);
    }

    /**
     * Reads the text form: {@code min-max}, {@code theoretical-min}, {@code rrf} or {@code dbsf}, each with options behind a
     * question mark: {@code rrf?k=60&alpha=0.5}. Options that are left out: alpha 0.55 for min-max, 0.8 for theoretical-min,
     * 0.5 for the others; k 60.
     *
     * @throws IllegalArgumentException if the kind or an option is unknown, or a value out of range; names what was expected
     */
    static Fusion parse(String text) {
        return FusionText.parse(text);
    }

    private static void checkAlpha(double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be in [0, 1]: " + alpha);
        }
    }

    private static double[] stretched(Ranking half, double least, double best) {
        // One candidate, or all alike: nothing to stretch, all are the best.
        return Arrays.stream(half.scores())
                .map(score -> best > least ? Math.max(0, score - least) / (best - least) : 1)
                .toArray();
    }
}
