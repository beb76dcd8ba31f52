package dev.kith.qg;

import dev.kith.CorruptFileException;
import dev.kith.Metric;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.spi.BlockCodes;
import dev.kith.spi.Encoding;
import dev.kith.spi.Encodings;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The image of a quantised graph, and what it holds. Its sections:
 *
 * <pre>
 * 1  nodes     one record per node: {@link NodeLayout}
 * 2  entries   records of 32 entry points each: [block of codes around the mean][32 nodes]
 * 3  mean      one record of {@code dimension} floats: what codes are relative to
 * 4  starts    nodes + 1 ints: where the rows of each node begin in section 5
 * 5  rows      one int per row: the rows of node 0, those of node 1, and so on
 * </pre>
 */
record QgImage(
        IndexImage image,
        QgSpec spec,
        CodedWalk.Graph graph,
        NodeRows rows,
        Calibration calibration) {
    static final String TAG = "QG  ";
    static final int VERSION = 2;
    static final int OLDEST_VERSION = 1;
    static final int NODES = 1;
    static final int ENTRIES = 2;
    static final int MEAN = 3;
    static final int STARTS = 4;
    static final int ROWS = 5;

    static Map<String, String> parameters(
            QgSpec spec,
            int bits,
            Encoding encoding,
            int size,
            int nodes,
            int entries,
            Calibration calibration) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("metric", spec.metric().name().toLowerCase(Locale.ROOT));
        parameters.put("dimension", Integer.toString(encoding.dimension()));
        parameters.put("size", Integer.toString(size));
        parameters.put("nodes", Integer.toString(nodes));
        parameters.put("entries", Integer.toString(entries));
        parameters.put("codeBits", Integer.toString(bits));
        parameters.putAll(spec.options());
        parameters.put(Calibration.PARAMETER, calibration.text());
        return parameters;
    }

    static NodeLayout layout(Encoding encoding, BlockCodes codes, int degree) {
        return new NodeLayout(encoding.stride(), codes.bytes(), degree / BlockCodes.MEMBERS);
    }

    static NodeLayout entryLayout(BlockCodes codes) {
        return new NodeLayout(0, codes.bytes(), 1);
    }

    static QgImage read(IndexImage image) throws IOException {
        image.requireVersion(OLDEST_VERSION, VERSION);
        QgSpec spec = spec(image);
        int bits = image.version() == OLDEST_VERSION
                ? 1
                : image.intParameter("codeBits", 1, BlockCodes.MAX_BITS);
        int dimension = image.intParameter("dimension", 1, BlockCodes.maxDimension(bits));
        int size = image.intParameter("size", 0, Integer.MAX_VALUE);
        int nodes = image.intParameter("nodes", 0, size);
        int entries = image.intParameter("entries", 0, nodes);
        Encoding encoding = Encodings.of(spec.rows(), dimension, spec.metric());
        BlockCodes codes = new BlockCodes(mean(image, dimension), spec.metric(), bits, spec.seed());
        NodeLayout layout = layout(encoding, codes, spec.degree());
        NodeLayout entryLayout = entryLayout(codes);
        Records nodeRecords = image.records(NODES, layout.stride(), nodes);
        Records entryRecords = image.heapRecords(
                ENTRIES, entryLayout.stride(), Math.ceilDiv(entries, BlockCodes.MEMBERS));
        NodeRows rows = NodeRows.read(
                image.heapRecords(STARTS, 4, nodes + 1),
                image.heapRecords(ROWS, 4, size),
                image.name());
        CodedWalk.Graph graph = new CodedWalk.Graph(
                image.name(), codes, encoding, layout, nodeRecords, entryLayout, entryRecords);
        return new QgImage(image, spec, graph, rows, Calibration.read(image));
    }

    private static QgSpec spec(IndexImage image) throws CorruptFileException {
        Metric metric = image.metricParameter("metric");
        Map<String, String> options = new LinkedHashMap<>();
        for (String key : QgSpec.of(metric).options().keySet()) {
            boolean oneBit = key.equals("bits") && image.version() == OLDEST_VERSION;
            options.put(key, oneBit ? "1" : image.parameter(key));
        }
        try {
            return QgSpec.parse(metric, options);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(
                    image.name(), 64, "options of qg", options + ": " + e.getMessage());
        }
    }

    private static float[] mean(IndexImage image, int dimension) throws IOException {
        HeapRecords record = image.heapRecords(MEAN, 4 * dimension, 1);
        float[] mean = new float[dimension];
        record.readFloats(0, 0, mean, 0, dimension);
        return mean;
    }
}
