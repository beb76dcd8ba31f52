package dev.kith.hnsw.graph;

/**
 * The strongly connected components of a layer whose rows are all reachable from one of them: Tarjan's algorithm ("Depth
 * first search and linear graph algorithms", SIAM Journal on Computing, 1972) with a stack of its own instead of
 * recursion.
 */
public final class Components {
    private final OpenLayer layer;
    private final int[] component;
    private final int[] visit;
    private final int[] low;
    private final int[] open;
    private final int[] path;
    private final short[] next;
    private int visits;
    private int openCount;
    private int count;

    private Components(OpenLayer layer) {
        this.layer = layer;
        int size = layer.layer().size();
        component = new int[size];
        visit = new int[size];
        low = new int[size];
        open = new int[size];
        path = new int[size];
        next = new short[size];
    }

    static Components of(OpenLayer layer, int entry) {
        Components components = new Components(layer);
        components.walk(entry);
        return components;
    }

    /** How many components there are. */
    int count() {
        return count;
    }

    /** The component of a row, in [0, count). */
    int of(int row) {
        return component[row] - 1;
    }

    private void walk(int entry) {
        int depth = 0;
        path[depth++] = entry;
        visit(entry);
        while (depth > 0) {
            int row = path[depth - 1];
            if (next[row] < layer.count(row)) {
                int other = layer.neighbour(row, next[row]++);
                if (visit[other] == 0) {
                    path[depth++] = other;
                    visit(other);
                } else if (component[other] == 0) {
                    low[row] = Math.min(low[row], visit[other]);
                }
            } else {
                depth--;
                if (low[row] == visit[row]) {
                    close(row);
                }
                if (depth > 0) {
                    int above = path[depth - 1];
                    low[above] = Math.min(low[above], low[row]);
                }
            }
        }
    }

    private void visit(int row) {
        visit[row] = ++visits;
        low[row] = visits;
        open[openCount++] = row;
    }

    private void close(int row) {
        count++;
        int member;
        do {
            member = open[--openCount];
            component[member] = count;
        } while (member != row);
    }
}
