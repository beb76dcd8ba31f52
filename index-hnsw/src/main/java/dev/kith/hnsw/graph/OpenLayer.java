package dev.kith.hnsw.graph;

import dev.kith.spi.HeapRecords;

/**
 * A layer while it is being built: its links can be changed, and the distance of each is kept beside it. Different nodes
 * may be changed by different threads, while nobody reads the layer.
 */
public final class OpenLayer {
    private final Layer layer;
    private final HeapRecords links;
    private final HeapRecords distances;
    private final int first;

    /** @param first the record of node 0 */
    public OpenLayer(Layer layer, HeapRecords links, HeapRecords distances, int first) {
        this.layer = layer;
        this.links = links;
        this.distances = distances;
        this.first = first;
    }

    public Layer layer() {
        return layer;
    }

    public int degree() {
        return layer.degree();
    }

    public int count(int node) {
        return links.getInt(first + node, 0);
    }

    public int neighbour(int node, int i) {
        return links.getInt(first + node, 4 + 4 * i);
    }

    public boolean links(int node, int other) {
        for (int i = count(node) - 1; i >= 0; i--) {
            if (neighbour(node, i) == other) {
                return true;
            }
        }
        return false;
    }

    /** Reads the neighbours with their distances; there must be room for {@link #degree} of them. */
    public int read(int node, long[] keys) {
        int count = count(node);
        for (int i = 0; i < count; i++) {
            keys[i] = Keys.of(distances.getFloat(node, 4 * i), neighbour(node, i));
        }
        return count;
    }

    public void append(int node, long key) {
        int count = count(node);
        put(node, count, key);
        links.putInt(first + node, 0, count + 1);
    }

    /** Adds a link, in the place of the i-th one if there is no room. For links that have no distance to be kept. */
    public void link(int node, int other, int i) {
        if (count(node) < degree()) {
            append(node, Keys.of(0, other));
        } else {
            put(node, i, Keys.of(0, other));
        }
    }

    public void write(int node, long[] keys, int count) {
        for (int i = 0; i < count; i++) {
            put(node, i, keys[i]);
        }
        for (int i = count; i < degree(); i++) {
            put(node, i, 0);
        }
        links.putInt(first + node, 0, count);
    }

    private void put(int node, int i, long key) {
        links.putInt(first + node, 4 + 4 * i, Keys.node(key));
        distances.putFloat(node, 4 * i, Keys.distance(key));
    }
}
