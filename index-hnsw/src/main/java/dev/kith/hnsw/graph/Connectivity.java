package dev.kith.hnsw.graph;

import java.util.Arrays;

/**
 * Makes the bottom layer strongly connected: from every row one can walk to every other. Pruning does not promise that,
 * least of all among duplicates and far-apart clusters. A search may enter the bottom layer anywhere, so that reaching
 * every row from one entry would not be enough.
 *
 * <p>First every row is made reachable from the entry, along a tree whose links are not given up again. Then each
 * component that cannot be left gets one link to the entry's component, which then every row can reach.
 */
public final class Connectivity {
    private static final int NONE = -1;

    /** How many nodes around an unreachable one are asked for a place before any node at all will do. */
    private static final int NEARBY = 256;

    private final OpenLayer layer;
    private final int entry;
    private final int[] parent;
    private final int[] reached;
    private int reachedCount;
    private int expanded;
    private int spare;
    private int added;

    private Connectivity(OpenLayer layer, int entry) {
        this.layer = layer;
        this.entry = entry;
        parent = new int[layer.layer().size()];
        reached = new int[parent.length];
    }

    /**
     * Repairs the layer.
     *
     * @return how many links had to be added
     */
    public static int repair(OpenLayer layer, int entry) {
        Connectivity connectivity = new Connectivity(layer, entry);
        connectivity.reachAll();
        connectivity.returnFromAll();
        return connectivity.added;
    }

    private void reachAll() {
        Arrays.fill(parent, NONE);
        reach(entry, entry);
        expand();
        VisitedSet visited = new VisitedSet(parent.length);
        for (int row = 0; row < parent.length; row++) {
            if (parent[row] == NONE) {
                int donor = donor(row, visited);
                link(donor, row);
                reach(row, donor);
                expand();
            }
        }
    }

    private void reach(int row, int from) {
        parent[row] = from;
        reached[reachedCount++] = row;
    }

    private void expand() {
        while (expanded < reachedCount) {
            int row = reached[expanded++];
            for (int i = 0; i < layer.count(row); i++) {
                int other = layer.neighbour(row, i);
                if (parent[other] == NONE) {
                    reach(other, row);
                }
            }
        }
    }

    /** A reached row with a place to give, near the row if there is one: looked for along the row's own links. */
    private int donor(int row, VisitedSet visited) {
        int[] queue = new int[NEARBY];
        int queued = 0;
        queue[queued++] = row;
        visited.clear();
        visited.add(row);
        for (int next = 0; next < queued; next++) {
            int near = queue[next];
            if (parent[near] != NONE && place(near) != NONE) {
                return near;
            }
            for (int i = 0; i < layer.count(near) && queued < NEARBY; i++) {
                if (visited.add(layer.neighbour(near, i))) {
                    queue[queued++] = layer.neighbour(near, i);
                }
            }
        }
        // The tree has fewer links than the reached rows have places, so one of them has a place;
        // those passed over have none left and never will again.
        while (place(reached[spare]) == NONE) {
            spare++;
        }
        return reached[spare];
    }

    /** Where a row can take another link: behind its last one, or over the last that the tree does not need. */
    private int place(int row) {
        int count = layer.count(row);
        if (count < layer.degree()) {
            return count;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (parent[layer.neighbour(row, i)] != row) {
                return i;
            }
        }
        return NONE;
    }

    private void link(int from, int to) {
        layer.link(from, to, place(from));
        added++;
    }

    /**
     * Links each component without a way out to the entry's. A row of it that the tree does not lead on from has a place
     * to give, and its ancestors in the tree, the nearest of which is in the entry's component, are not far from it.
     */
    private void returnFromAll() {
        Components components = Components.of(layer, entry);
        boolean[] closed = new boolean[components.count()];
        Arrays.fill(closed, true);
        for (int row = 0; row < parent.length; row++) {
            for (int i = 0; i < layer.count(row); i++) {
                if (components.of(layer.neighbour(row, i)) != components.of(row)) {
                    closed[components.of(row)] = false;
                }
            }
        }
        int home = components.of(entry);
        closed[home] = false;
        for (int i = 0; i < reachedCount; i++) {
            int row = reached[i];
            if (closed[components.of(row)] && place(row) != NONE) {
                int ancestor = parent[row];
                while (components.of(ancestor) != home) {
                    ancestor = parent[ancestor];
                }
                link(row, ancestor);
                closed[components.of(row)] = false;
            }
        }
    }
}
