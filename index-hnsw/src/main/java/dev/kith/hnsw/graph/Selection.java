package dev.kith.hnsw.graph;

import dev.kith.spi.Scorer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the neighbours of a node among candidates: a candidate is left out when it is nearer to one chosen before it
 * than to the node itself, since the way over that one is then as good (the heuristic of the HNSW paper, algorithm 4).
 * Candidates equal to one chosen stay, or rows that occur twice would have no other neighbour.
 *
 * <p>Each chosen one is compared with all candidates that are left, in one bulk call, instead of each candidate with all
 * chosen: the same comparisons, but in runs that the scorer is fast at.
 *
 * <p>Places that stay empty may be filled with the nearest of those left out. That helps under the inner product, where
 * long rows are near to everything and leave hardly anything else, and where a place costs as much empty as full; else it
 * costs more distances than it saves.
 */
public final class Selection {
    private final float factor;
    private final int fill;
    private int[] rows = new int[64];
    private float[] distances = new float[64];
    private long[] refused = new long[64];

    /**
     * @param factor how many times nearer to one chosen a candidate must be to be left out, in terms of distances, which
     *     are squares: the square of what Vamana calls alpha (Subramanya et al., "DiskANN", NeurIPS 2019)
     * @param fill up to how many places are filled with the nearest of those that were left out
     */
    public Selection(float factor, int fill) {
        this.factor = factor;
        this.fill = fill;
    }

    /**
     * Moves the chosen keys to the front, sorted.
     *
     * @param layer whose nodes the keys name; null if these are rows
     * @param keys sorted distances to the node
     * @param count how many of them
     * @param max how many may be chosen
     * @return how many were
     */
    public int choose(@Nullable Layer layer, Scorer scorer, long[] keys, int count, int max) {
        reserve(count);
        for (int i = 0; i < count; i++) {
            int node = Keys.node(keys[i]);
            rows[i] = layer == null ? node : layer.row(node);
        }
        int chosen = 0;
        int end = count;
        int left = 0;
        while (chosen < Math.min(end, max)) {
            int row = rows[0];
            int rest = end - ++chosen;
            if (rest == 0 || chosen == max) {
                break;
            }
            System.arraycopy(rows, 1, rows, 0, rest);
            scorer.query(row);
            scorer.distances(rows, rest, distances);
            end = chosen;
            for (int i = 0; i < rest; i++) {
                long key = keys[chosen + i];
                if (factor * distances[i] < Keys.distance(key)) {
                    refused[left++] = key;
                } else {
                    rows[end - chosen] = rows[i];
                    keys[end++] = key;
                }
            }
        }
        return fill(keys, chosen, left, Math.min(max, fill));
    }

    private int fill(long[] keys, int chosen, int left, int until) {
        if (chosen >= until || left == 0) {
            return chosen;
        }
        Arrays.sort(refused, 0, left);
        int more = Math.min(left, until - chosen);
        System.arraycopy(refused, 0, keys, chosen, more);
        Arrays.sort(keys, 0, chosen + more);
        return chosen + more;
    }

    private void reserve(int count) {
        if (rows.length < count) {
            rows = new int[2 * count];
            distances = new float[2 * count];
            refused = new long[2 * count];
        }
    }
}
