package dev.kith.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A cross-encoder as large as ms-marco-MiniLM-L6: the body of all-MiniLM-L6-v2, and on its first token a head of made-up
 * weights. It costs what the real one costs, and its scores mean nothing.
 *
 * <p>An ONNX file is a protocol buffer, and two of them in one file are one with the fields of both: the head stands behind the
 * body's bytes as a second graph.
 */
final class StandInCrossEncoder {
    private static final int WIDTH = 384;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private StandInCrossEncoder() {}

    /** Writes model, tokenizer and settings into a folder. */
    static void write(String body, Path folder) throws IOException {
        try (var model = Files.newOutputStream(folder.resolve("model.onnx"))) {
            model.write(resource(body + ".onnx"));
            model.write(new Message().bytes(7, head().toByteArray()).toByteArray());
        }
        Files.write(folder.resolve("tokenizer.json"), resource(body + "-tokenizer.json"));
        Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 512}");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                StandInCrossEncoder.class.getResourceAsStream("/" + name), name)) {
            return in.readAllBytes();
        }
    }

    /** {@code logits = last_hidden_state[:, 0] x weights}. */
    private static Message head() {
        ByteBuffer weights =
                ByteBuffer.allocate(WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < WIDTH; i++) {
            weights.putFloat((i * 31 % 17 - 8) / 20f);
        }
        Message alongTokens = new Message().text(1, "axis").number(3, 1).number(20, 2);
        Message gather = new Message()
                .text(1, "last_hidden_state")
                .text(1, "first")
                .text(2, "first_state")
                .text(4, "Gather")
                .bytes(5, alongTokens.toByteArray());
        Message product = new Message()
                .text(1, "first_state")
                .text(1, "weights")
                .text(2, "logits")
                .text(4, "MatMul");
        Message first =
                new Message().number(2, INT64).text(8, "first").bytes(9, new byte[Long.BYTES]);
        Message matrix = new Message()
                .number(1, WIDTH)
                .number(1, 1)
                .number(2, FLOAT)
                .text(8, "weights")
                .bytes(9, weights.array());
        Message rows = new Message().text(2, "rows");
        Message shape = new Message()
                .bytes(1, rows.toByteArray())
                .bytes(1, new Message().number(1, 1).toByteArray());
        Message tensor = new Message().number(1, FLOAT).bytes(2, shape.toByteArray());
        Message output = new Message()
                .text(1, "logits")
                .bytes(2, new Message().bytes(1, tensor.toByteArray()).toByteArray());
        return new Message()
                .bytes(1, gather.toByteArray())
                .bytes(1, product.toByteArray())
                .bytes(5, first.toByteArray())
                .bytes(5, matrix.toByteArray())
                .bytes(12, output.toByteArray());
    }

    /** A protocol-buffer message under construction. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
    }
}
