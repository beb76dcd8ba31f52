package dev.kith.hnsw;

import dev.kith.spi.Scorer;

/**
 * Chooses the neighbours of a node among candidates: a candidate is left out when it is nearer to one chosen before it
 * than to the node itself, since the way over that one is then as good (the heuristic of the HNSW paper, algorithm 4).
 * Candidates equal to one chosen stay, or rows that occur twice would have no other neighbour.
 *
 * <p>Each chosen one is compared with all candidates that are left, in one bulk call, instead of each candidate with all
 * chosen: the same comparisons, but in runs that the scorer is fast at. Places that stay empty are not filled with those
 * left out: on the data tried that cost more distances than it saved.
 */
final class Selection {
    private int[] rows = new int[64];
    private float[] distances = new float[64];

    /**
     * Moves the chosen keys to the front, sorted.
     *
     * @param keys sorted distances to the node
     * @param count how many of them
     * @param max how many may be chosen
     * @return how many were
     */
    int choose(Layer layer, Scorer scorer, long[] keys, int count, int max) {
        reserve(count);
        for (int i = 0; i < count; i++) {
            rows[i] = layer.row(Keys.node(keys[i]));
        }
        int chosen = 0;
        int end = count;
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
                if (!(distances[i] < Keys.distance(key))) {
                    rows[end - chosen] = rows[i];
                    keys[end++] = key;
                }
            }
        }
        return chosen;
    }

    private void reserve(int count) {
        if (rows.length < count) {
            rows = new int[2 * count];
            distances = new float[2 * count];
        }
    }
}
