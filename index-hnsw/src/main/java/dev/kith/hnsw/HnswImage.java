package dev.kith.hnsw;

import dev.kith.CorruptFileException;
import dev.kith.Metric;
import dev.kith.hnsw.graph.Calibration;
import dev.kith.hnsw.graph.Layer;
import dev.kith.spi.Encoding;
import dev.kith.spi.Float32;
import dev.kith.spi.HeapRecords;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Records;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The image of a graph, and what it holds. Its sections:
 *
 * <pre>
 * 1  rows         one record per row, in the encoding that the parameter "encoding" names
 * 2  links        one record per row, the bottom layer: [count][2m rows], ints, padded to 64 bytes
 * 3  upper rows   one int per upper node: its row. Node 0 is where every search begins
 * 4  upper links  [count][m nodes], ints; the records of layer 1, then those of layer 2, and so on
 * 5  codes        one record per row, in the encoding that the parameter "codes" names; not there if that is "none"
 * </pre>
 *
 * <p>A node on the upper layers is a place in the order of insertion, so layer {@code l} holds the first
 * {@code distinct / m^l} of them (layer 1 at least one), and a node has the same number on each of its layers. {@code distinct} counts the rows
 * without exact duplicates, which hang below the first of their kind and take no part in the upper layers.
 *
 * <p>Version 1 has no codes and no parameter of that name.
 *
 * @param rows that answers are ranked by
 * @param walked the codes that searches go by; the rows themselves if there are none
 * @param error how far codes are from rows
 * @param calibration none if there were few rows, or the file was written before indexes were calibrated
 * @param layers the bottom layer first
 */
record HnswImage(
        IndexImage image,
        HnswSpec spec,
        EncodedRows rows,
        EncodedRows walked,
        CodeError error,
        Calibration calibration,
        Layer[] layers) {
    static final String TAG = "HNSW";
    static final int VERSION = 2;
    static final int OLDEST_VERSION = 1;
    static final int ROWS = 1;
    static final int LINKS = 2;
    static final int UPPER_ROWS = 3;
    static final int UPPER_LINKS = 4;
    static final int CODES = 5;

    static Map<String, String> parameters(
            HnswSpec spec,
            EncodedRows rows,
            int distinct,
            CodeError error,
            Calibration calibration) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("metric", spec.metric().name().toLowerCase(Locale.ROOT));
        parameters.put("encoding", rows.encoding().name());
        parameters.put("dimension", Integer.toString(rows.encoding().dimension()));
        parameters.put("size", Integer.toString(rows.size()));
        parameters.put("distinct", Integer.toString(distinct));
        parameters.putAll(spec.options());
        if (spec.hasCodes()) {
            parameters.put("error", Double.toString(error.error()));
            parameters.put("norm", Double.toString(error.norm()));
        }
        if (!calibration.isEmpty()) {
            parameters.put(Calibration.PARAMETER, calibration.text());
        }
        return parameters;
    }

    /** The width of a record of the bottom layer. */
    static int linkStride(int m) {
        return (4 * (1 + 2 * m) + 63) & -64;
    }

    /** The width of a record of the upper layers. */
    static int upperStride(int m) {
        return 4 * (1 + m);
    }

    /** How many nodes a layer above the bottom has. Layer 1 has at least one, where every search begins. */
    static int upperSize(int distinct, int m, int layer) {
        int size = distinct;
        for (int i = 0; i < layer; i++) {
            size /= m;
        }
        return layer == 1 ? Math.max(size, Math.min(distinct, 1)) : size;
    }

    /** How many layers there are, the bottom one included: at least two, unless there are no rows. */
    static int layers(int distinct, int m) {
        int layers = 1;
        while (upperSize(distinct, m, layers) > 0) {
            layers++;
        }
        return layers;
    }

    static int upperRecords(int distinct, int m) {
        int records = 0;
        for (int layer = 1; layer < layers(distinct, m); layer++) {
            records += upperSize(distinct, m, layer);
        }
        return records;
    }

    static HnswImage read(IndexImage image) throws IOException {
        image.requireVersion(OLDEST_VERSION, VERSION);
        HnswSpec spec = spec(image);
        Encoding encoding = encoding(image, spec.metric());
        int size = image.intParameter("size", 0, Integer.MAX_VALUE);
        int distinct = image.intParameter("distinct", Math.min(size, 1), size);
        int m = spec.m();
        EncodedRows rows = new EncodedRows(encoding, image.records(ROWS, encoding.stride(), size));
        EncodedRows walked = spec.hasCodes() ? codes(image, spec, rows) : rows;
        CodeError error = spec.hasCodes() ? error(image) : CodeError.NONE;
        Records links = image.records(LINKS, linkStride(m), size);
        int[] upperRows = upperRows(image, size, upperSize(distinct, m, 1));
        HeapRecords upperLinks =
                image.heapRecords(UPPER_LINKS, upperStride(m), upperRecords(distinct, m));
        return new HnswImage(
                image,
                spec,
                rows,
                walked,
                error,
                Calibration.read(image),
                layers(links, upperLinks, upperRows, size, distinct, m, image.name()));
    }

    /** The layers over their records, for a finished graph and for one that is being built. */
    @SuppressWarnings("TooManyParameters") // all of them are the shape of one thing
    static Layer[] layers(
            Records links,
            Records upperLinks,
            int[] upperRows,
            int size,
            int distinct,
            int m,
            String name) {
        Layer[] layers = new Layer[layers(distinct, m)];
        layers[0] = new Layer(links, 0, size, 2 * m, null, name);
        int first = 0;
        for (int i = 1; i < layers.length; i++) {
            int nodes = upperSize(distinct, m, i);
            layers[i] = new Layer(upperLinks, first, nodes, m, upperRows, name);
            first += nodes;
        }
        return layers;
    }

    private static HnswSpec spec(IndexImage image) throws CorruptFileException {
        return new HnswSpec(
                image.metricParameter("metric"),
                image.intParameter("m", 2, HnswSpec.MAX_M),
                image.intParameter("efConstruction", 1, HnswSpec.MAX_EF_CONSTRUCTION),
                seed(image),
                codesOption(image));
    }

    private static String codesOption(IndexImage image) throws CorruptFileException {
        String codes = image.version() == 1 ? HnswSpec.NO_CODES : image.parameter("codes");
        if (!HnswSpec.CODES.contains(codes)) {
            throw new CorruptFileException(
                    image.name(), 64, "codes among " + HnswSpec.CODES, codes);
        }
        return codes;
    }

    private static EncodedRows codes(IndexImage image, HnswSpec spec, EncodedRows rows)
            throws IOException {
        Encoding encoding = spec.encoding(rows.encoding().dimension());
        return new EncodedRows(encoding, image.records(CODES, encoding.stride(), rows.size()));
    }

    private static CodeError error(IndexImage image) throws CorruptFileException {
        String error = image.parameter("error");
        String norm = image.parameter("norm");
        try {
            return new CodeError(Double.parseDouble(error), Double.parseDouble(norm));
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(
                    image.name(), 64, "an error and a norm of codes", error + " and " + norm);
        }
    }

    private static long seed(IndexImage image) throws CorruptFileException {
        String seed = image.parameter("seed");
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw new CorruptFileException(image.name(), 64, "a whole number as seed", seed);
        }
    }

    private static Encoding encoding(IndexImage image, Metric metric) throws CorruptFileException {
        String name = image.parameter("encoding");
        if (!name.equals("float32")) {
            throw new CorruptFileException(image.name(), 64, "encoding float32", name);
        }
        return new Float32(image.intParameter("dimension", 1, Float32.MAX_DIMENSION), metric);
    }

    private static int[] upperRows(IndexImage image, int size, int nodes) throws IOException {
        HeapRecords records = image.heapRecords(UPPER_ROWS, 4, nodes);
        int[] rows = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            rows[i] = records.getInt(i, 0);
            if (rows[i] < 0 || rows[i] >= size) {
                throw new CorruptFileException(
                        image.name() + ", upper rows",
                        4L * i,
                        "a row in [0, " + size + ")",
                        Integer.toString(rows[i]));
            }
        }
        return rows;
    }
}
