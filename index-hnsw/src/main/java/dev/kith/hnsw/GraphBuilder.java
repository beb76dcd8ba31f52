package dev.kith.hnsw;

import dev.kith.BuildContext;
import dev.kith.Metric;
import dev.kith.SearchResult;
import dev.kith.Vectors;
import dev.kith.hnsw.graph.BatchInsertion;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Calibrator;
import dev.kith.hnsw.graph.Connectivity;
import dev.kith.hnsw.graph.Duplicates;
import dev.kith.hnsw.graph.InsertionOrder;
import dev.kith.hnsw.graph.Layer;
import dev.kith.hnsw.graph.OpenLayer;
import dev.kith.spi.Encoding;
import dev.kith.spi.Float32;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;

import java.util.Arrays;

/**
 * Builds a graph: encodes the rows, sets exact duplicates aside, inserts the others in batches that grow with the graph,
 * hangs the duplicates below the first of their kind and makes the bottom layer strongly connected. Neighbours are chosen by
 * codes where there are any: the graph is as good, and sooner done. The image depends on the rows and the spec alone.
 */
final class GraphBuilder {
    /** A batch is at most this part of the graph that it searches, so that its rows miss few of each other. */
    private static final int BATCH_SHARE = 64;

    private static final int MAX_BATCH = 4096;

    private final Vectors vectors;
    private final HnswSpec spec;
    private final BuildContext context;
    private final int size;

    GraphBuilder(Vectors vectors, HnswSpec spec, BuildContext context) {
        this.vectors = vectors;
        this.spec = spec;
        this.context = context;
        size = vectors.size();
    }

    IndexImage build() throws InterruptedException {
        Encoding encoding = new Float32(vectors.dimension(), spec.metric());
        HeapRecords rows = encoding.encode(vectors, context);
        EncodedRows exact = new EncodedRows(encoding, rows);
        HeapRecords codes = spec.hasCodes() ? codes(exact) : null;
        EncodedRows walked = codes == null ? exact : new EncodedRows(codeEncoding(), codes);
        Duplicates duplicates = Duplicates.of(rows);
        int[] order = InsertionOrder.of(duplicates, size, spec.seed());
        int m = spec.m();
        HeapRecords links = HeapRecords.allocate(size, HnswImage.linkStride(m));
        HeapRecords upperLinks = HeapRecords.allocate(
                HnswImage.upperRecords(order.length, m), HnswImage.upperStride(m));
        int[] upperRows = Arrays.copyOf(order, HnswImage.upperSize(order.length, m, 1));
        OpenLayer[] layers = open(HnswImage.layers(
                links, upperLinks, upperRows, size, order.length, m, "graph in memory"));
        CodeError error =
                codes == null ? CodeError.NONE : CodeError.measure(exact, walked, context);
        Calibration calibration = Calibration.NONE;
        if (size > 0) {
            calibration = grow(layers, order, exact, walked, error);
            duplicates.attach(layers[0]);
            connect(layers[0], order[0]);
        }
        IndexImage.Builder image = IndexImage.builder(
                        HnswImage.TAG,
                        HnswImage.VERSION,
                        HnswImage.parameters(spec, exact, order.length, error, calibration))
                .section(HnswImage.ROWS, rows)
                .section(HnswImage.LINKS, links)
                .section(HnswImage.UPPER_ROWS, ints(upperRows))
                .section(HnswImage.UPPER_LINKS, upperLinks);
        if (codes != null) {
            image.section(HnswImage.CODES, codes);
        }
        return image.build();
    }

    private Encoding codeEncoding() {
        return spec.encoding(vectors.dimension());
    }

    /** The codes of rows that have been checked. */
    private HeapRecords codes(EncodedRows exact) throws InterruptedException {
        return codeEncoding().encode(exact.encoding().decoded(exact.records()), context);
    }

    private void connect(OpenLayer bottom, int entry) throws InterruptedException {
        context.progress().update("connect rows", 0, size);
        Connectivity.repair(bottom, entry);
        context.progress().update("connect rows", size, size);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static OpenLayer[] open(Layer[] layers) {
        OpenLayer[] open = new OpenLayer[layers.length];
        for (int i = 0; i < layers.length; i++) {
            open[i] = layers[i].open();
        }
        return open;
    }

    /**
     * Inserts the rows. The last ones are held out until the graph of the others is finished, and tell how well it finds
     * what it does not know.
     */
    private Calibration grow(
            OpenLayer[] open, int[] order, EncodedRows exact, EncodedRows walked, CodeError error)
            throws InterruptedException {
        int known = order.length - Calibrator.queries(order.length);
        BatchInsertion insertion = new BatchInsertion(
                open,
                order,
                spec.m(),
                spec.efConstruction(),
                spec.metric() == Metric.DOT_PRODUCT ? spec.m() : 0,
                Math.clamp(order.length / BATCH_SHARE, 1, MAX_BATCH),
                context.threads(),
                size,
                walked::scorer);
        insert(insertion, 1, known, order.length);
        Calibration calibration = Calibration.NONE;
        if (known < order.length) {
            context.progress().update("calibrate", 0, order.length - known);
            Layer[] layers = Arrays.stream(open).map(OpenLayer::layer).toArray(Layer[]::new);
            calibration = new Calibrator(order, known, 1, context)
                    .calibrate(
                            exact::scorer,
                            () -> search(new RankedWalk(layers, exact, walked, error), exact));
        }
        insert(insertion, known, order.length, order.length);
        return calibration;
    }

    private void insert(BatchInsertion insertion, int from, int to, int total)
            throws InterruptedException {
        int done = from;
        while (done < to) {
            int batch = Math.clamp(done / BATCH_SHARE, 1, MAX_BATCH);
            int end = Math.min(to, done + batch);
            insertion.insert(done, end);
            done = end;
            context.progress().update("link rows", done, total);
        }
    }

    private static Calibrator.Search search(RankedWalk walk, EncodedRows exact) {
        float[] query = new float[exact.encoding().dimension()];
        return (row, effort, k) -> {
            exact.encoding().decode(exact.records(), row, query, 0);
            SearchResult found = walk.search(query, effort, k);
            return found == null ? new int[0] : found.rows();
        };
    }

    private static HeapRecords ints(int[] values) {
        HeapRecords records = HeapRecords.allocate(values.length, 4);
        for (int i = 0; i < values.length; i++) {
            records.putInt(i, 0, values[i]);
        }
        return records;
    }
}
