package dev.kith.retrieval.fusion;

import java.util.HashMap;
import java.util.Map;

/** A weighted mean of normalised scores. */
record ConvexFusion(double alpha, boolean minMax) implements Fusion {
    ConvexFusion {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be in [0, 1]: " + alpha);
        }
    }

    @Override
    public Ranking fuse(Ranking dense, Ranking sparse) {
        Map<Integer, Double> fused = new HashMap<>();
        add(fused, dense, alpha);
        add(fused, sparse, 1 - alpha);
        return Ranking.of(fused);
    }

    private void add(Map<Integer, Double> fused, Ranking ranking, double weight) {
        if (ranking.size() == 0) {
            return;
        }
        double best = ranking.scores()[0];
        double least = minMax ? ranking.scores()[ranking.size() - 1] : 0;
        for (int i = 0; i < ranking.size(); i++) {
            // One candidate, or all alike: nothing to stretch, all are the best.
            double score =
                    best > least ? Math.max(0, ranking.scores()[i] - least) / (best - least) : 1;
            fused.merge(ranking.rows()[i], weight * score, Double::sum);
        }
    }
}
