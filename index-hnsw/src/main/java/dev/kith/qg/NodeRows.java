package dev.kith.qg;

import dev.kith.CorruptFileException;
import dev.kith.hnsw.graph.Duplicates;
import dev.kith.spi.HeapRecords;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a node stands for: nodes have numbers of their own, in the order in which they lie in memory, and rows that are
 * equal share a node.
 *
 * <p>Immutable, but for the way back from rows to nodes, which is made when it is first needed.
 */
final class NodeRows {
    private final int[] starts;
    private final int[] rows;
    private final boolean distinct;
    private volatile int @Nullable [] nodes;

    NodeRows(int[] starts, int[] rows) {
        this.starts = starts;
        this.rows = rows;
        distinct = starts.length - 1 == rows.length;
    }

    /** Where a node's rows begin in the list of all; known without a look into memory if no two rows are equal. */
    int begin(int node) {
        return distinct ? node : starts[node];
    }

    /** Where they end. */
    int end(int node) {
        return distinct ? node + 1 : starts[node + 1];
    }

    /** What is at a place in the list of the first node's rows, those of the second, and so on. */
    int row(int place) {
        return rows[place];
    }

    /**
     * The rows of nodes.
     *
     * @param firstRows the first row of each node
     */
    static NodeRows of(int[] firstRows, Duplicates duplicates, int size) {
        int[] nodes = new int[size];
        for (int node = 0; node < firstRows.length; node++) {
            nodes[firstRows[node]] = node;
        }
        int[] starts = new int[firstRows.length + 1];
        for (int row = 0; row < size; row++) {
            nodes[row] = nodes[duplicates.first(row)];
            starts[nodes[row] + 1]++;
        }
        for (int node = 0; node < firstRows.length; node++) {
            starts[node + 1] += starts[node];
        }
        int[] rows = new int[size];
        int[] next = starts.clone();
        for (int row = 0; row < size; row++) {
            rows[next[nodes[row]]++] = row;
        }
        return new NodeRows(starts, rows);
    }

    int nodes() {
        return starts.length - 1;
    }

    int size() {
        return rows.length;
    }

    /** The node of a row. */
    int node(int row) {
        int[] made = nodes;
        if (made == null) {
            made = new int[rows.length];
            for (int node = 0; node < nodes(); node++) {
                for (int i = starts[node]; i < starts[node + 1]; i++) {
                    made[rows[i]] = node;
                }
            }
            nodes = made;
        }
        return made[row];
    }

    HeapRecords startRecords() {
        return records(starts);
    }

    HeapRecords rowRecords() {
        return records(rows);
    }

    private static HeapRecords records(int[] values) {
        HeapRecords records = HeapRecords.allocate(values.length, 4);
        for (int i = 0; i < values.length; i++) {
            records.putInt(i, 0, values[i]);
        }
        return records;
    }

    /**
     * Reads them back.
     *
     * @throws CorruptFileException if some row has no node, or two
     */
    static NodeRows read(HeapRecords starts, HeapRecords rows, String file)
            throws CorruptFileException {
        NodeRows read = new NodeRows(ints(starts), ints(rows));
        int before = -1;
        for (int i = 0; i < read.starts.length; i++) {
            int start = read.starts[i];
            if (start <= before || start > rows.count() || (i == 0 && start != 0)) {
                throw new CorruptFileException(
                        file, 4L * i, "ascending starts of nodes", Integer.toString(start));
            }
            before = start;
        }
        if (before != rows.count()) {
            throw new CorruptFileException(
                    file, 4L * starts.count(), rows.count() + " rows of nodes", "" + before);
        }
        BitSet seen = new BitSet(rows.count());
        for (int row : read.rows) {
            if (row < 0 || row >= rows.count() || seen.get(row)) {
                throw new CorruptFileException(
                        file, 0, "each row below " + rows.count() + " once", "row " + row);
            }
            seen.set(row);
        }
        return read;
    }

    private static int[] ints(HeapRecords records) {
        int[] values = new int[records.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = records.getInt(i, 0);
        }
        return values;
    }
}
