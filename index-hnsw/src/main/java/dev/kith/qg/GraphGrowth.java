package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.Cost;
import dev.kith.Metric;
import dev.kith.Vectors;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Calibrator;
import dev.kith.hnsw.graph.Connectivity;
import dev.kith.hnsw.graph.Crew;
import dev.kith.hnsw.graph.Keys;
import dev.kith.hnsw.graph.Layer;
import dev.kith.hnsw.graph.OpenLayer;
import dev.kith.hnsw.graph.Selection;
import dev.kith.hnsw.graph.VisitedSet;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.Encoding;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.Scorer;
import dev.kith.spi.Workers;

import java.util.Arrays;

/**
 * A quantised graph while it grows. It doubles: the rows of the second half are searched in the graph of the first, choose
 * their neighbours among what they found, and are linked back; at the end every row is searched once more in the graph of
 * all. Both use the codes that the finished graph is searched with, which makes a search several times cheaper than one that
 * computes distances, and every expanded node yields an exact distance to choose by.
 *
 * <p>Each step reads what the step before has finished, and writes nothing that another task of the same step reads: so
 * the graph does not depend on the number of threads (prefix doubling: Manohar et al., "ParlayANN", PPoPP 2024).
 *
 * <p>Here a node is a place in the order of insertion.
 */
final class GraphGrowth {
    /** Up to so many rows all distances are computed. */
    private static final int SEED_ROWS = 256;

    /**
     * What the search for a row's neighbours costs.
     *
     * @param expanded nodes
     * @param kept candidates, of which more are kept than expanded: for the links that lead far, those that are not worth
     *     expanding are as good
     */
    private record Effort(int expanded, int kept) {
        /** While the graph grows a third does, since all are linked once more at the end. */
        static Effort early(int efConstruction) {
            int expanded = Math.ceilDiv(efConstruction, 3);
            return new Effort(expanded, 4 * expanded);
        }

        static Effort last(int efConstruction) {
            return new Effort(efConstruction, 2 * efConstruction);
        }
    }

    private final Encoding encoding;
    private final BlockCodes codes;
    private final QgSpec spec;
    private final BuildContext context;
    private final int size;
    private final int degree;
    private final NodeLayout layout;
    private final Vectors rows;
    private final HeapRecords rotated;
    private final HeapRecords nodes;

    /** Each node's links, sorted by distance. */
    private final long[][] links;

    /** What each node of a round chose. */
    private final long[][] chosen;

    /**
     * @param rows distinct, in the order of insertion
     * @param encoding of the rows while the graph grows: the exact one, whose scorer takes a row as the query fastest
     */
    GraphGrowth(
            Vectors rows, Encoding encoding, BlockCodes codes, QgSpec spec, BuildContext context)
            throws InterruptedException {
        this.encoding = encoding;
        this.codes = codes;
        this.spec = spec;
        this.context = context;
        this.rows = rows;
        size = rows.size();
        degree = spec.degree();
        layout = QgImage.layout(encoding, codes, degree);
        nodes = HeapRecords.allocate(size, layout.stride());
        links = new long[size][];
        chosen = new long[size][];
        rotated = codes.rotate(rows, context);
        putRows();
    }

    private void putRows() throws InterruptedException {
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

    /** What a thread keeps from task to task. */
    private final class Scratch implements CodedWalk.Visitor {
        final Scorer scorer = encoding.scorer(nodes);
        final Selection selection = new Selection(factor(), degree);
        final BlockCodes.Encoder encoder = codes.encoder();
        final float[] row = new float[encoding.dimension()];
        final int[] neighbours = new int[degree];
        final int[] rows = new int[Effort.last(spec.efConstruction()).kept()];
        final float[] distances = new float[rows.length];
        final VisitedSet met = new VisitedSet(size);
        final CodedWalk walk;
        long[] candidates = new long[256];
        int count;

        Scratch(CodedWalk.Graph graph) {
            walk = new CodedWalk(graph);
        }

        void begin(int node) {
            met.clear();
            met.add(node);
            count = 0;
        }

        @Override
        public void expanded(int node, float distance) {
            add(Keys.of(distance, node));
        }

        /** Adds a candidate unless it is there: rounding may give the distance of two nodes a second value. */
        void add(long key) {
            if (!met.add(Keys.node(key))) {
                return;
            }
            if (count == candidates.length) {
                candidates = Arrays.copyOf(candidates, 2 * count);
            }
            candidates[count++] = key;
        }

        /** Adds what the walk kept without expanding it, with exact distances. */
        void addLeft() {
            int left = walk.left(Float.POSITIVE_INFINITY, rows, rows.length);
            walk.distances(rows, left, distances);
            for (int i = 0; i < left; i++) {
                expanded(rows[i], distances[i]);
            }
        }

        void addAll(long[] keys) {
            for (long key : keys) {
                add(key);
            }
        }

        /** The neighbours chosen among the candidates. */
        long[] choose() {
            Arrays.sort(candidates, 0, count);
            int taken = selection.choose(null, scorer, candidates, count, degree);
            return Arrays.copyOf(candidates, taken);
        }
    }

    private float factor() {
        return spec.metric() == Metric.DOT_PRODUCT ? 1 : (float) (spec.alpha() * spec.alpha());
    }

    /**
     * Grows the graph of all rows. The last ones are held out until the graph of the others is finished, and tell how well it
     * finds what it does not know.
     *
     * @param target what the rows are to be encoded in at the end
     */
    Calibration grow(Encoding target) throws InterruptedException {
        int heldOut = Calibrator.queries(size);
        int known = size - heldOut;
        Effort early = Effort.early(spec.efConstruction());
        Effort last = Effort.last(spec.efConstruction());
        int done = Math.min(known, SEED_ROWS);
        seed(done);
        while (done < known) {
            int to = (int) Math.min(known, 2L * done);
            round(done, to, done, early);
            done = to;
            context.progress().update("link rows", done, 2L * size);
        }
        if (known > SEED_ROWS) {
            round(0, known, known, last);
        }
        Calibration calibration = Calibration.NONE;
        if (heldOut > 0) {
            context.progress().update("calibrate", 0, heldOut);
            calibration = calibrate(known, target);
            round(known, size, known, last);
        }
        context.progress().update("link rows", 2L * size, 2L * size);
        return calibration;
    }

    private Calibration calibrate(int known, Encoding target) throws InterruptedException {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        CodedWalk.Graph exact = graph(known);
        CodedWalk.Graph graph = target.exact()
                ? exact
                : new CodedWalk.Graph(
                        exact.name(),
                        codes,
                        target,
                        QgImage.layout(target, codes, degree),
                        nodes(Arrays.copyOf(order, known), target),
                        exact.entryLayout(),
                        exact.entries());
        return new Calibrator(order, known, context)
                .calibrate(() -> encoding.scorer(nodes), () -> search(graph));
    }

    private Calibrator.Search search(CodedWalk.Graph graph) {
        CodedWalk walk = new CodedWalk(graph);
        CodedSearch search = new CodedSearch(walk);
        float[] query = new float[rows.dimension()];
        return (node, effort, k) -> {
            rows.read(node, query, 0);
            walk.query(query);
            return search.search(effort, k).result(new Cost(0, 0, 0)).rows();
        };
    }

    /** Links the first rows, each after comparing it with all others of them. */
    private void seed(int count) throws InterruptedException {
        Crew<Scratch> crew = crew(0);
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        crew.run(count, (scratch, node) -> {
            float[] distances = new float[count];
            scratch.scorer.query(node);
            scratch.scorer.distances(all, count, distances);
            scratch.begin(node);
            for (int i = 0; i < count; i++) {
                scratch.expanded(i, distances[i]);
            }
            chosen[node] = scratch.choose();
        });
        linkBack(crew, 0, count);
    }

    /** Searches rows in the graph of the first {@code known} and links them. */
    private void round(int from, int to, int known, Effort effort) throws InterruptedException {
        Crew<Scratch> crew = crew(known);
        crew.run(to - from, (scratch, i) -> {
            int node = from + i;
            scratch.begin(node);
            rows.read(node, scratch.row, 0);
            scratch.walk.query(scratch.row);
            scratch.walk.walk(effort.expanded(), effort.kept(), scratch);
            scratch.addLeft();
            if (links[node] != null) {
                scratch.addAll(links[node]);
            }
            chosen[node] = scratch.choose();
        });
        linkBack(crew, from, to);
    }

    private Crew<Scratch> crew(int known) {
        CodedWalk.Graph graph = graph(known);
        return new Crew<>(context.threads(), () -> new Scratch(graph));
    }

    /** The graph of the first rows, which are all that can be reached in it. */
    private CodedWalk.Graph graph(int known) {
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

    /** Links the nodes that were chosen back to those that chose them, and writes the records of all that changed. */
    private void linkBack(Crew<Scratch> crew, int from, int to) throws InterruptedException {
        ReverseLinks reverse = ReverseLinks.of(chosen, from, to, size);
        crew.run(size, (scratch, node) -> {
            long[] own = chosen[node] != null ? chosen[node] : links[node];
            int begin = reverse.begin(node);
            int end = reverse.begin(node + 1);
            if (own == null || (begin == end && chosen[node] == null)) {
                return;
            }
            scratch.begin(node);
            scratch.addAll(own);
            for (int i = begin; i < end; i++) {
                scratch.add(reverse.key(i));
            }
            links[node] = scratch.choose();
            write(scratch.encoder, node, scratch.neighbours);
        });
        Arrays.fill(chosen, null);
    }

    /** Writes a node's blocks and neighbours. */
    private void write(BlockCodes.Encoder encoder, int node, int[] neighbours) {
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
            BlockCodes.Encoder encoder = codes.encoder();
            long[] keys = new long[degree];
            for (int node = 0; node < size; node++) {
                int count = layer.read(node, keys);
                long[] repaired = Arrays.copyOf(keys, count);
                if (!Arrays.equals(repaired, links[node])) {
                    links[node] = repaired;
                    write(encoder, node, new int[degree]);
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
    HeapRecords nodes(int[] order, Encoding target) throws InterruptedException {
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
