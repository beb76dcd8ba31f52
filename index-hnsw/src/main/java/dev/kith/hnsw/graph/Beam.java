package dev.kith.hnsw.graph;

import dev.kith.RowMask;
import dev.kith.spi.Scorer;

import org.jspecify.annotations.Nullable;

/**
 * Walks the graph towards the query that its scorer holds. Scratch for one thread: visited set, queues and counters.
 *
 * <p>Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
 * world graphs", TPAMI 2018. Two things differ from their text without changing what is found: rows that were scored on
 * an upper layer are never scored again, because they all enter the queue of the bottom layer; and the unvisited
 * neighbours of a node are scored in one call, which hides the latency of memory.
 */
public final class Beam {
    private final Scorer scorer;
    private final VisitedSet visited;
    private final Pool pool = new Pool();
    private final KeyHeap frontier = new KeyHeap();
    private final KeyHeap best = new KeyHeap();
    private final int[] nodes;
    private final int[] rows;
    private final float[] distances;
    private long scored;
    private long hops;

    /** @param degree the largest of any layer that will be walked */
    public Beam(Scorer scorer, int size, int degree) {
        this.scorer = scorer;
        visited = new VisitedSet(size);
        nodes = new int[degree];
        rows = new int[degree];
        distances = new float[degree];
    }

    public Scorer scorer() {
        return scorer;
    }

    public Pool pool() {
        return pool;
    }

    /** How many distances were computed since {@link #resetCost}. */
    public long scored() {
        return scored;
    }

    /** How many nodes were expanded since {@link #resetCost}. */
    public long hops() {
        return hops;
    }

    public void resetCost() {
        scored = 0;
        hops = 0;
    }

    /**
     * Walks greedily from the first node of the top layer down to layer {@code until}, which it does not walk.
     *
     * @param capacity of the pool, which holds what was scored, by row
     * @return the nearest node found, as a node of layer {@code until}
     */
    public int descend(Layer[] layers, int until, int capacity) {
        visited.clear();
        pool.reset(capacity);
        Layer top = layers[layers.length - 1];
        int row = top.row(0);
        visited.add(row);
        scored++;
        long nearest = Keys.of(scorer.distance(row), row);
        pool.offer(nearest);
        int node = 0;
        for (int i = layers.length - 1; i > until; i--) {
            int from;
            do {
                from = node;
                int count = expand(layers[i], from);
                for (int j = 0; j < count; j++) {
                    long key = Keys.of(distances[j], rows[j]);
                    pool.offer(key);
                    if (key < nearest) {
                        nearest = key;
                        node = nodes[j];
                    }
                }
            } while (node != from);
        }
        return until == 0 ? Keys.node(nearest) : node;
    }

    /** Fills the pool with the nodes of the bottom layer that are nearest to the query. */
    public void search(Layer[] layers, int ef) {
        descend(layers, 0, ef);
        walk(layers[0]);
    }

    /** Fills the pool with the nodes of one layer that are nearest to the query, from one node on. */
    public void search(Layer layer, int entry, int ef) {
        visited.clear();
        pool.reset(ef);
        int row = layer.row(entry);
        visited.add(row);
        scored++;
        pool.offer(Keys.of(scorer.distance(row), entry));
        walk(layer);
    }

    private void walk(Layer layer) {
        int node;
        while ((node = pool.next()) >= 0) {
            int count = expand(layer, node);
            for (int i = 0; i < count; i++) {
                pool.offer(Keys.of(distances[i], nodes[i]));
            }
        }
    }

    /**
     * The general walk: for rows under a mask, where any row may lie on the way but only allowed ones count, and for
     * values of ef at which a sorted pool is too slow. It ends when the nearest node not expanded is farther than the
     * ef-th best allowed row, as the plain walk does.
     *
     * @param ef how many allowed rows to hold
     * @param budget gives up when more distances than that were computed
     * @return the heap of the best allowed rows as {@code ~key}, or null when it gave up
     */
    @Nullable
    public KeyHeap search(Layer[] layers, int ef, @Nullable RowMask allowed, long budget) {
        descend(layers, 0, ef);
        frontier.clear();
        best.clear();
        for (int i = 0; i < pool.size(); i++) {
            consider(pool.key(i), ef, allowed);
        }
        long end = scored + budget;
        while (frontier.size() > 0) {
            long key = frontier.pop();
            if (best.size() == ef && key > ~best.top()) {
                break;
            }
            int count = expand(layers[0], Keys.node(key));
            for (int i = 0; i < count; i++) {
                consider(Keys.of(distances[i], nodes[i]), ef, allowed);
            }
            if (scored > end) {
                return null;
            }
        }
        return best;
    }

    private void consider(long key, int ef, @Nullable RowMask allowed) {
        boolean full = best.size() == ef;
        if (full && key > ~best.top()) {
            return;
        }
        frontier.push(key);
        if (allowed != null && !allowed.allows(Keys.node(key))) {
            return;
        }
        if (full) {
            best.replaceTop(~key);
        } else {
            best.push(~key);
        }
    }

    /** Scores the neighbours that were not visited yet, which then lie in the three arrays; returns how many. */
    private int expand(Layer layer, int node) {
        hops++;
        int neighbours = layer.neighbours(node, nodes);
        int count = 0;
        for (int i = 0; i < neighbours; i++) {
            int row = layer.row(nodes[i]);
            if (visited.add(row)) {
                nodes[count] = nodes[i];
                rows[count++] = row;
            }
        }
        scorer.distances(rows, count, distances);
        scored += count;
        return count;
    }
}
