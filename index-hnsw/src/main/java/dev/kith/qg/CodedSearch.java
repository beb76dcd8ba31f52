package dev.kith.qg;

import dev.kith.Cost;
import dev.kith.SearchResult;
import dev.kith.spi.Frontier;
import dev.kith.spi.NearestRows;
import dev.kith.spi.SortedKeys;

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
    private static final int SCORED = 8;

    /** As long as k nodes are not found, what is farther by this share than so many that wait is not looked at. */
    private static final float PROMISING = 0.02f;

    private final CodedWalk walk;
    private final SortedKeys nearest = new SortedKeys();
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
     * @return how many nodes were found; fewer than k if several places of the queue named the same ones
     */
    int search(int ef, int k) {
        this.k = k;
        slack = SLACK * ef / k;
        nearest.reset(k);
        walk.walk(ef, (int) Math.max((long) ef + SCORED, (long) ENOUGH * k), this);
        score(k - nearest.size(), Float.POSITIVE_INFINITY);
        score(SCORED, beyond(farthest(), WORTH_SCORING));
        return nearest.size();
    }

    /** The nodes found by the last search, nearest first. */
    SearchResult result(Cost cost) {
        int[] nodes = new int[nearest.size()];
        float[] distances = new float[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = NearestRows.row(nearest.key(i));
            distances[i] = NearestRows.distance(nearest.key(i));
        }
        return new SearchResult(nodes, distances, cost);
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
            expanded(left[i], distances[i]);
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
        nearest.insert(NearestRows.key(distance, node));
    }

    @Override
    public float limit() {
        float farthest = farthest();
        if (farthest < Float.POSITIVE_INFINITY) {
            return beyond(farthest, slack);
        }
        return k > Frontier.WINDOW ? Float.POSITIVE_INFINITY : beyond(walk.lastOfFew(), PROMISING);
    }

    /** The distance of the k-th nearest; infinite as long as there are fewer. */
    private float farthest() {
        long last = nearest.last();
        return last == Long.MAX_VALUE ? Float.POSITIVE_INFINITY : NearestRows.distance(last);
    }

    /** What is farther than a distance by a share of it. */
    static float beyond(float distance, float share) {
        return distance + share * Math.abs(distance);
    }
}
