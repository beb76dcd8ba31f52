package dev.kith.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of learned positions that a transformer's ONNX file holds: it has a row for each token that fits into the model.
 * An ONNX file is a protocol buffer; of it only names and shapes are read:
 * <pre>
 * ModelProto   7: GraphProto
 * GraphProto   5: TensorProto, any number
 * TensorProto  1: dimension, one each or packed   8: name
 * </pre>
 *
 * @param name what the exporter called it, with the family of the model in it
 * @param rows its length
 */
record PositionTable(String name, int rows) {
    private static final List<String> OFFSET_FAMILIES =
            List.of("roberta", "camembert", "longformer", "mpnet");
    private static final String NAME = "position_embeddings.weight";
    private static final int GRAPH = 7;
    private static final int TENSOR = 5;
    private static final int TENSOR_DIMENSION = 1;
    private static final int TENSOR_NAME = 8;
    private static final int MATRIX = 2;

    /** The table of a file, or null if it holds none or is no such file. */
    static @Nullable PositionTable of(Path model) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(model)) {
            return of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
        }
    }

    /** The table of a file's bytes, or null if they hold none or are no such file's. */
    static @Nullable PositionTable of(byte[] model) {
        return of(MemorySegment.ofArray(model));
    }

    private static @Nullable PositionTable of(MemorySegment file) {
        try {
            return find(file);
        } catch (IndexOutOfBoundsException _) {
            // Not a protocol buffer: says nothing here, and is refused where it is opened as a
            // model.
            return null;
        }
    }

    /**
     * How many rows belong to no token: RoBERTa and its kin number positions from behind the padding token's id.
     *
     * @param family what else names the model
     */
    int unused(String family, int padId) {
        return unusedIn(family + name, padId);
    }

    static int unusedIn(String family, int padId) {
        return OFFSET_FAMILIES.stream().anyMatch(family::contains) ? padId + 1 : 0;
    }

    private static @Nullable PositionTable find(MemorySegment file) {
        for (Fields model = new Fields(file); model.next(); ) {
            if (!model.isBytes(GRAPH)) {
                continue;
            }
            for (Fields graph = new Fields(model.bytes); graph.next(); ) {
                PositionTable table = graph.isBytes(TENSOR) ? table(graph.bytes) : null;
                if (table != null) {
                    return table;
                }
            }
        }
        return null;
    }

    /** The tensor, if it is the table. */
    private static @Nullable PositionTable table(MemorySegment tensor) {
        String name = "";
        long rows = 0;
        int dimensions = 0;
        for (Fields fields = new Fields(tensor); fields.next(); ) {
            if (fields.isBytes(TENSOR_NAME)) {
                name = fields.text();
            } else if (fields.isBytes(TENSOR_DIMENSION)) {
                for (Fields packed = new Fields(fields.bytes); packed.hasNext(); dimensions++) {
                    long dimension = packed.varint();
                    rows = dimensions == 0 ? dimension : rows;
                }
            } else if (fields.number == TENSOR_DIMENSION) {
                rows = dimensions++ == 0 ? fields.value : rows;
            }
        }
        // A quantised table has a suffix, and so have its scale and zero, which are no matrices.
        return dimensions == MATRIX && name.contains(NAME)
                ? new PositionTable(name, Math.clamp(rows, 0, Integer.MAX_VALUE))
                : null;
    }

    /** The fields of a message, one after the other. */
    private static final class Fields {
        private final MemorySegment message;
        private long at;
        /** The number of the field. */
        private int number;
        /** What it holds, if it is of a length of its own. */
        private MemorySegment bytes = MemorySegment.NULL;
        /** What it holds, if it is a number. */
        private long value;

        private boolean isBytes;

        private Fields(MemorySegment message) {
            this.message = message;
        }

        private boolean hasNext() {
            return at < message.byteSize();
        }

        /** Reads a field, if there is one. */
        private boolean next() {
            if (!hasNext()) {
                return false;
            }
            long key = varint();
            number = (int) (key >>> 3);
            isBytes = (key & 7) == 2;
            switch ((int) key & 7) {
                case 0 -> value = varint();
                case 1 -> at += Long.BYTES;
                case 2 -> {
                    long length = varint();
                    bytes = message.asSlice(at, length);
                    at += length;
                }
                case 5 -> at += Integer.BYTES;
                default -> throw new IndexOutOfBoundsException("wire type of field " + number);
            }
            return true;
        }

        private boolean isBytes(int field) {
            return number == field && isBytes;
        }

        private String text() {
            return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }

        private long varint() {
            long result = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = message.get(ValueLayout.JAVA_BYTE, at++);
                result |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return result;
                }
            }
            throw new IndexOutOfBoundsException("number at " + at);
        }
    }
}
