package dev.kith.qg;

import dev.kith.spi.NearestRows;

/**
 * Finds the nodes nearest to a query by a walk whose length follows from what it finds. Scratch for one thread.
 *
 * <p>The queue's length alone would make all searches equally long, while some have their answer after a few nodes and others
 * pass by many equally near. So a search also ends when the next node is estimated to be farther than the k-th best found by
 * a share that grows with the effort (as in Al-Jazzazi et al., "Distance Adaptive Beam Search for Provably Accurate
 * Graph-Based Nearest Neighbor Search", 2025). What is then left in the queue, and near enough to be among the best if its
 * estimate is wrong, is scored exactly without being expanded.
 */
final class CodedSearch implements CodedWalk.Visitor {
    /**
     * By what share farther than the k-th best a search goes on, for each k that the queue is long. Measured to save hops at
     * any effort, on images and on embeddings.
     */
    private static final float SLACK = 0.008f;

    /** Nodes left in the queue are scored, if their estimates are not farther than the k-th best by more than this share. */
    private static final float WORTH_SCORING = 0.05f;

    /** Among so many times k places of the queue there are k nodes, though one node may hold several. */
    private static final int ENOUGH = 3;

    /** How many nodes left in the queue are scored at most, once there are k. */
    private static final int SCORED = 16;

    private final CodedWalk walk;
    private final NearestRows nearest = new NearestRows();
    private int[] left = new int[SCORED];
    private float[] distances = new float[SCORED];
    private float slack;
    private int k;
    private long scored;

    CodedSearch(CodedWalk walk) {
        this.walk = walk;
    }

    /**
     * Searches for the query that the walk holds.
     *
     * @param ef how many of the nearest nodes are expanded at most; if less than k, others are scored from what is left
     * @param k at least 1
     * @return the nodes found; fewer than k if several places of the queue named the same ones
     */
    NearestRows search(int ef, int k) {
        this.k = k;
        slack = SLACK * ef / k;
        nearest.reset(k);
        walk.walk(ef, (int) Math.max((long) ef + SCORED, (long) ENOUGH * k), this);
        score(k - nearest.size(), Float.POSITIVE_INFINITY);
        score(SCORED, beyond(nearest.farthest(), WORTH_SCORING));
        return nearest;
    }

    /** Scores the nearest nodes left in the queue. */
    private void score(int most, float limit) {
        if (left.length < most) {
            left = new int[most];
            distances = new float[most];
        }
        int count = walk.left(limit, left, most);
        walk.distances(left, count, distances);
        for (int i = 0; i < count; i++) {
            nearest.offer(distances[i], left[i]);
        }
        scored += count;
    }

    /** How many nodes were scored without being expanded since {@link #resetCost}. */
    long scored() {
        return scored;
    }

    void resetCost() {
        scored = 0;
    }

    @Override
    public void expanded(int node, float distance) {
        nearest.offer(distance, node);
    }

    /** As long as k nodes are not found, an estimate bounds the search that k nodes are likely to be below. */
    @Override
    public float limit() {
        float farthest = nearest.farthest();
        return beyond(
                farthest < Float.POSITIVE_INFINITY ? farthest : walk.estimate(ENOUGH * k), slack);
    }

    private static float beyond(float distance, float share) {
        return distance + share * Math.abs(distance);
    }
}
