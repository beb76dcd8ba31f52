package dev.kith.retrieval.fusion;

import java.util.HashMap;
import java.util.Map;

/** The sum of reciprocal ranks, scaled so that the first of both rankings gets 1. */
record ReciprocalRankFusion(int k) implements Fusion {
    ReciprocalRankFusion {
        if (k < 0) {
            throw new IllegalArgumentException("k must not be negative: " + k);
        }
    }

    @Override
    public Ranking fuse(Ranking dense, Ranking sparse) {
        Map<Integer, Double> fused = new HashMap<>();
        for (Ranking ranking : new Ranking[] {dense, sparse}) {
            for (int i = 0; i < ranking.size(); i++) {
                fused.merge(ranking.rows()[i], (k + 1) / (2.0 * (k + 1 + i)), Double::sum);
            }
        }
        return Ranking.of(fused);
    }
}
