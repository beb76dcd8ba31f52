package dev.kith.lucene;

import org.apache.lucene.search.knn.KnnSearchStrategy;

/**
 * Says how hard a {@code KnnFloatVectorQuery} looks in a Kith index: pass it as the query's search strategy. Other formats
 * ignore it.
 */
public final class KithSearchStrategy extends KnnSearchStrategy {
    private final int effort;

    /**
     * @param effort one number per family (ef of HNSW), or 0 for the family's default
     * @throws IllegalArgumentException if it is negative
     */
    public KithSearchStrategy(int effort) {
        if (effort < 0) {
            throw new IllegalArgumentException("effort must not be negative: " + effort);
        }
        this.effort = effort;
    }

    /** How hard to look; 0 is the family's default. */
    public int effort() {
        return effort;
    }

    /** The effort that a strategy asks for; Lucene wraps ours when it looks into a segment a second time. */
    static int effortOf(KnnSearchStrategy strategy) {
        return switch (strategy) {
            case KithSearchStrategy ours -> ours.effort;
            case Seeded seeded -> effortOf(seeded.originalStrategy());
            case null, default -> 0;
        };
    }

    @Override
    public void nextVectorsBlock() {
        // A hook for strategies that watch the search; this one only starts it.
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KithSearchStrategy that && effort == that.effort;
    }

    @Override
    public int hashCode() {
        return Integer.hashCode(effort);
    }

    @Override
    public String toString() {
        return "KithSearchStrategy(effort=" + effort + ")";
    }
}
