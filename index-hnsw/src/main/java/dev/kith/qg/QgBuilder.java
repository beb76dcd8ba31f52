package dev.kith.qg;

import dev.kith.BuildContext;
import dev.kith.Vectors;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Duplicates;
import dev.kith.hnsw.graph.InsertionOrder;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.Encoding;
import dev.kith.spi.Encodings;
import dev.kith.spi.Float32;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds a quantised graph: encodes the rows, folds equal ones into one node, grows the graph by its own search, numbers
 * the nodes so that neighbours lie near each other, and writes the records. The image depends on rows and spec alone.
 */
final class QgBuilder {
    private final Vectors vectors;
    private final QgSpec spec;
    private final BuildContext context;
    private final int bits;
    private final Encoding exact;
    private final List<Encoding> encodings;

    /**
     * @param spec whose {@code rows} do not matter
     * @param encodings of the rows, by name: one graph is built, and an image for each
     * @throws IllegalArgumentException if there are too many rows, or of more components than codes can have
     */
    QgBuilder(Vectors vectors, QgSpec spec, List<String> encodings, BuildContext context) {
        bits = spec.bits(vectors.dimension());
        int components = BlockCodes.maxDimension(bits);
        if (vectors.dimension() > components) {
            throw new IllegalArgumentException("qg takes at most " + components + " components at "
                    + bits + " bits: " + vectors.dimension());
        }
        if ((long) vectors.size() * spec.degree() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("qg takes at most "
                    + Integer.MAX_VALUE / spec.degree() + " rows at degree " + spec.degree() + ": "
                    + vectors.size());
        }
        this.vectors = vectors;
        this.spec = spec;
        this.context = context;
        exact = new Float32(vectors.dimension(), spec.metric());
        this.encodings = encodings.stream()
                .map(name -> Encodings.of(name, vectors.dimension(), spec.metric()))
                .toList();
    }

    /** The images, in the order of the encodings. */
    List<IndexImage> build() throws InterruptedException {
        HeapRecords rows = exact.encode(vectors, context);
        Duplicates duplicates = Duplicates.of(rows);
        int[] places = InsertionOrder.of(duplicates, vectors.size(), spec.seed());
        Vectors distinct = at(exact.decoded(rows), places);
        BlockCodes codes = new BlockCodes(
                BlockCodes.mean(distinct, spec.metric()), spec.metric(), bits, spec.seed());
        GrowingGraph graph = new GrowingGraph(distinct, exact, codes, spec.degree(), context);
        List<Calibration> calibrations = new GraphGrowth(graph, spec, context).grow(encodings);
        graph.connect();
        int[] order = graph.order();
        Entries entries = graph.entries(order);
        int[] firstRows = new int[order.length];
        for (int node = 0; node < order.length; node++) {
            firstRows[node] = places[order[node]];
        }
        NodeRows nodeRows = NodeRows.of(firstRows, duplicates, vectors.size());
        List<IndexImage> images = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            HeapRecords nodes = graph.nodes(order, encoding, context);
            context.progress().update("write nodes", order.length, order.length);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Map<String, String> parameters = QgImage.parameters(
                    spec.withRows(encoding.name()),
                    bits,
                    encoding,
                    vectors.size(),
                    order.length,
                    entries.count(),
                    calibrations.get(i));
            images.add(IndexImage.builder(QgImage.TAG, QgImage.VERSION, parameters)
                    .section(QgImage.NODES, nodes)
                    .section(QgImage.ENTRIES, entries.records())
                    .section(QgImage.MEAN, meanRecord(codes))
                    .section(QgImage.STARTS, nodeRows.startRecords())
                    .section(QgImage.ROWS, nodeRows.rowRecords())
                    .build());
        }
        return images;
    }

    private static Vectors at(Vectors rows, int[] places) {
        return new Vectors() {
            @Override
            public int size() {
                return places.length;
            }

            @Override
            public int dimension() {
                return rows.dimension();
            }

            @Override
            public void read(int row, float[] into, int offset) {
                rows.read(places[row], into, offset);
            }
        };
    }

    private static HeapRecords meanRecord(BlockCodes codes) {
        float[] mean = codes.mean();
        HeapRecords record = HeapRecords.allocate(1, 4 * mean.length);
        record.putFloats(0, 0, mean, 0, mean.length);
        return record;
    }
}
