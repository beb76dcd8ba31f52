package dev.kith.qg;

import dev.kith.spi.BlockCodes;
import dev.kith.spi.HeapRecords;

/**
 * Where walks begin: a sample of the nodes, small enough that the codes of all are scored for each query, and large enough
 * that the nearest of them saves several hops.
 *
 * @param records of 32 entries each
 * @param count how many entries
 */
record Entries(HeapRecords records, int count) {
    /** A block costs about half a hop; beyond this the hops saved are fewer than the blocks. */
    private static final int MAX = 128;

    /** How many entries a graph of so many nodes has: the square root, in whole blocks if there are enough nodes. */
    static int count(int nodes) {
        int blocks = Math.ceilDiv((int) Math.sqrt(nodes), BlockCodes.MEMBERS);
        return Math.min(nodes, Math.min(MAX, blocks * BlockCodes.MEMBERS));
    }

    /**
     * Encodes entries.
     *
     * @param rotated all rows
     * @param places the row of each entry
     * @param nodes the node of each entry
     */
    static Entries of(BlockCodes codes, HeapRecords rotated, int[] places, int[] nodes) {
        NodeLayout layout = QgImage.entryLayout(codes);
        int members = BlockCodes.MEMBERS;
        int blocks = Math.ceilDiv(places.length, members);
        HeapRecords records = HeapRecords.allocate(blocks, layout.stride());
        BlockCodes.Encoder encoder = codes.encoder();
        int[] numbers = new int[members];
        for (int block = 0; block < blocks; block++) {
            int count = Math.min(members, places.length - members * block);
            System.arraycopy(nodes, members * block, numbers, 0, count);
            encoder.encode(
                    rotated, -1, places, members * block, count, records, block, layout.blocksAt());
            layout.putNeighbours(records, block, numbers, count);
        }
        return new Entries(records, places.length);
    }
}
