package dev.kith.qg;

import dev.kith.CorruptFileException;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.Records;

import java.io.UncheckedIOException;

/**
 * Where the parts of a node lie in its record:
 *
 * <pre>
 * [row, encoded][block of codes for each 32 neighbours][degree ints: the neighbours' nodes]
 * </pre>
 *
 * <p>All parts are multiples of 64 bytes. The blocks are {@link BlockCodes}' with the node as their centre.
 *
 * @param rowBytes of an encoded row; zero in records of entries, whose centre is the mean
 * @param blockBytes of one block
 * @param blocks how many
 */
record NodeLayout(int rowBytes, int blockBytes, int blocks) {
    int degree() {
        return blocks * BlockCodes.MEMBERS;
    }

    /** Where the first block begins. */
    int blocksAt() {
        return rowBytes;
    }

    private int neighboursAt() {
        return rowBytes + blocks * blockBytes;
    }

    int stride() {
        return neighboursAt() + 4 * degree();
    }

    /**
     * The i-th neighbour of a node.
     *
     * @param name of the records, for messages
     * @param nodes how many there are
     * @throws UncheckedIOException with a {@link CorruptFileException} if it is none
     */
    int neighbour(Records records, String name, int record, int i, int nodes) {
        int node = records.getInt(record, neighboursAt() + 4 * i);
        if (node < 0 || node >= nodes) {
            throw new UncheckedIOException(new CorruptFileException(
                    name,
                    (long) record * stride() + neighboursAt() + 4L * i,
                    "a neighbour in [0, " + nodes + ")",
                    Integer.toString(node)));
        }
        return node;
    }

    /** Writes neighbours; places behind them keep node 0, which their infinite estimates hide. */
    void putNeighbours(HeapRecords records, int record, int[] neighbours, int count) {
        records.putInts(record, neighboursAt(), neighbours, count);
    }
}
