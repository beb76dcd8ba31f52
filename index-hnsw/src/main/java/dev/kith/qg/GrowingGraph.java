package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.Vectors;
import dev.kith.hnsw.graph.Connectivity;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Layer;
import dev.kith.hnsw.graph.OpenLayer;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.Encoding;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.Scorer;
import dev.kith.spi.Workers;

import java.util.Arrays;

/**
 * A quantised graph in memory while it grows: the records of its nodes, which a search can walk at any time between two
 * steps, and their links with distances, which the next step chooses by.
 *
 * <p>Here a node is a place in the order of insertion, until {@link #order} says how nodes are to lie.
 */
final class GrowingGraph {
    private final Encoding encoding;
    private final BlockCodes codes;
    private final int size;
    private final int degree;
    private final NodeLayout layout;
    private final Vectors rows;
    private final HeapRecords rotated;
    private final HeapRecords nodes;

    /** Each node's links, sorted by distance. */
    private final long[][] links;

    /**
     * @param rows distinct, in the order of insertion
     * @param encoding of the rows while the graph grows: the exact one, whose scorer takes a row as the query fastest
     */
    GrowingGraph(
            Vectors rows, Encoding encoding, BlockCodes codes, int degree, BuildContext context)
            throws InterruptedException {
        this.encoding = encoding;
        this.codes = codes;
        this.rows = rows;
        this.degree = degree;
        size = rows.size();
        layout = QgImage.layout(encoding, codes, degree);
        nodes = HeapRecords.allocate(size, layout.stride());
        links = new long[size][];
        rotated = codes.rotate(rows, context);
        putRows(context);
    }

    private void putRows(BuildContext context) throws InterruptedException {
        int batch = 256;
        Workers.run(context.threads(), Math.ceilDiv(size, batch), () -> {
            float[] row = new float[rows.dimension()];
            return task -> {
                for (int i = task * batch; i < Math.min(size, (task + 1) * batch); i++) {
                    rows.read(i, row, 0);
                    encoding.encode(row, nodes, i);
                }
            };
        });
    }

    int size() {
        return size;
    }

    Vectors rows() {
        return rows;
    }

    /** Each node's links, sorted by distance; a step changes those of the nodes it links, and has them written. */
    long[][] links() {
        return links;
    }

    /** Scores nodes by the rows in them. */
    Scorer scorer() {
        return encoding.scorer(nodes);
    }

    Writer writer() {
        return new Writer();
    }

    /** The graph of the first rows, which are all that can be reached in it. */
    CodedWalk.Graph walked(int known) {
        int[] places = new int[Entries.count(known)];
        Arrays.setAll(places, i -> i);
        return new CodedWalk.Graph(
                "graph in memory",
                codes,
                encoding,
                layout,
                nodes,
                QgImage.entryLayout(codes),
                Entries.of(codes, rotated, places, places).records());
    }

    /** The same with rows in another encoding, as they are to be in the end. */
    CodedWalk.Graph walked(int known, Encoding target, BuildContext context)
            throws InterruptedException {
        CodedWalk.Graph walked = walked(known);
        if (target.exact()) {
            return walked;
        }
        int[] order = new int[known];
        Arrays.setAll(order, i -> i);
        return new CodedWalk.Graph(
                walked.name(),
                codes,
                target,
                QgImage.layout(target, codes, degree),
                nodes(order, target, context),
                walked.entryLayout(),
                walked.entries());
    }

    /** Writes blocks and neighbours of nodes; scratch of one thread. */
    final class Writer {
        private final BlockCodes.Encoder encoder = codes.encoder();
        private final int[] neighbours = new int[degree];

        /** Writes what a node's links say. */
        void write(int node) {
            long[] keys = links[node];
            for (int i = 0; i < keys.length; i++) {
                neighbours[i] = Keys.node(keys[i]);
            }
            layout.putNeighbours(nodes, node, neighbours, keys.length);
            for (int block = 0; block < layout.blocks(); block++) {
                int from = BlockCodes.MEMBERS * block;
                int count = Math.clamp(keys.length - from, 0, BlockCodes.MEMBERS);
                int at = layout.blocksAt() + block * codes.bytes();
                encoder.encode(rotated, node, neighbours, from, count, nodes, node, at);
            }
        }
    }

    /** Makes every node reachable from every other. */
    void connect() {
        if (size == 0) {
            return;
        }
        HeapRecords lists = HeapRecords.allocate(size, 4 * (1 + degree));
        OpenLayer layer = new Layer(lists, 0, size, degree, null, "graph in memory").open();
        for (int node = 0; node < size; node++) {
            layer.write(node, links[node], links[node].length);
        }
        if (Connectivity.repair(layer, 0) > 0) {
            Writer writer = writer();
            long[] keys = new long[degree];
            for (int node = 0; node < size; node++) {
                int count = layer.read(node, keys);
                long[] repaired = Arrays.copyOf(keys, count);
                if (!Arrays.equals(repaired, links[node])) {
                    links[node] = repaired;
                    writer.write(node);
                }
            }
        }
    }

    /** The nodes in the order in which they are to lie: as a breadth-first walk from the first meets them. */
    int[] order() {
        int[] order = new int[size];
        boolean[] met = new boolean[size];
        int count = 0;
        if (size > 0) {
            order[count++] = 0;
            met[0] = true;
        }
        for (int next = 0; next < count; next++) {
            for (long key : links[order[next]]) {
                int neighbour = Keys.node(key);
                if (!met[neighbour]) {
                    met[neighbour] = true;
                    order[count++] = neighbour;
                }
            }
        }
        return order;
    }

    /**
     * The records of nodes in an order, in which they also name their neighbours.
     *
     * @param target what the rows in them are to be encoded in
     */
    HeapRecords nodes(int[] order, Encoding target, BuildContext context)
            throws InterruptedException {
        int[] numbers = numbers(order);
        NodeLayout written = QgImage.layout(target, codes, degree);
        HeapRecords ordered = HeapRecords.allocate(order.length, written.stride());
        int batch = 256;
        Workers.run(context.threads(), Math.ceilDiv(order.length, batch), () -> {
            float[] row = new float[rows.dimension()];
            byte[] blocks = new byte[layout.blocks() * layout.blockBytes()];
            int[] neighbours = new int[degree];
            return task -> {
                for (int i = task * batch; i < Math.min(order.length, (task + 1) * batch); i++) {
                    rows.read(order[i], row, 0);
                    target.encode(row, ordered, i);
                    nodes.readBytes(order[i], layout.blocksAt(), blocks, 0, blocks.length);
                    ordered.putBytes(i, written.blocksAt(), blocks, 0, blocks.length);
                    long[] keys = links[order[i]];
                    for (int j = 0; j < keys.length; j++) {
                        neighbours[j] = numbers[Keys.node(keys[j])];
                    }
                    written.putNeighbours(ordered, i, neighbours, keys.length);
                }
            };
        });
        return ordered;
    }

    /** The entries, once nodes are numbered in an order. */
    Entries entries(int[] order) {
        int[] numbers = numbers(order);
        int[] places = new int[Entries.count(size)];
        int[] entries = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
            entries[i] = numbers[i];
        }
        return Entries.of(codes, rotated, places, entries);
    }

    private static int[] numbers(int[] order) {
        int[] numbers = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            numbers[order[i]] = i;
        }
        return numbers;
    }
}
