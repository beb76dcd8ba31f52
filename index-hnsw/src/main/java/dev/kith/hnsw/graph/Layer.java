package dev.kith.hnsw.graph;

import dev.kith.CorruptFileException;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.Records;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One layer of the graph: who is linked to whom. A node of the bottom layer is a row. A node of the layers above is a
 * place in the order of insertion, the same on each of them, and {@code rows} tells its row.
 *
 * <p>A record is {@code [count][node 0] ... [node degree-1]} in ints, padded to the stride.
 */
public final class Layer {
    private final Records links;
    private final int first;
    private final int size;
    private final int degree;
    private final int @Nullable [] rows;
    private final String name;

    /**
     * @param links the records
     * @param first the record of node 0
     * @param size how many nodes there are
     * @param degree how many neighbours a node has at most
     * @param rows the row of each node, or null if nodes are rows
     * @param name the file's, for messages
     */
    public Layer(
            Records links, int first, int size, int degree, int @Nullable [] rows, String name) {
        this.links = links;
        this.first = first;
        this.size = size;
        this.degree = degree;
        this.rows = rows;
        this.name = name;
    }

    public int size() {
        return size;
    }

    public int degree() {
        return degree;
    }

    public int stride() {
        return links.stride();
    }

    public int row(int node) {
        return rows == null ? node : rows[node];
    }

    /**
     * Reads the neighbours of a node.
     *
     * @return how many there are
     * @throws UncheckedIOException with a {@link CorruptFileException} if the record cannot be one
     */
    public int neighbours(int node, int[] into) {
        int record = first + node;
        int count = links.getInt(record, 0);
        if (count < 0 || count > degree) {
            throw corrupt(record, 0, "at most " + degree + " neighbours", count);
        }
        links.readInts(record, 4, into, count);
        for (int i = 0; i < count; i++) {
            if (into[i] < 0 || into[i] >= size) {
                throw corrupt(record, 4 + 4 * i, "a neighbour in [0, " + size + ")", into[i]);
            }
        }
        return count;
    }

    /** This layer for writing, while it is built in the heap. */
    public OpenLayer open() {
        HeapRecords distances = HeapRecords.allocate(size, 4 * degree);
        return new OpenLayer(this, (HeapRecords) links, distances, first);
    }

    private UncheckedIOException corrupt(int record, int offset, String expected, int found) {
        long at = (long) record * links.stride() + offset;
        return new UncheckedIOException(
                new CorruptFileException(name + ", links", at, expected, Integer.toString(found)));
    }
}
