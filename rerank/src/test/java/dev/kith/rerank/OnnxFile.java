package dev.kith.rerank;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes ONNX files, which are protocol buffers, field by field: enough for a graph of a few nodes. */
final class OnnxFile {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    private final Message graph = new Message();

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

        Message message(int field, Message value) {
            return bytes(field, value.bytes.toByteArray());
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

    /** Adds a node with inputs and one output. */
    OnnxFile node(String operator, String output, String... inputs) {
        graph.message(1, operation(operator, output, inputs));
        return this;
    }

    /** Adds a node with an integer attribute. */
    OnnxFile node(String operator, String attribute, long value, String output, String... inputs) {
        Message setting = new Message().text(1, attribute).number(3, value).number(20, 2);
        graph.message(1, operation(operator, output, inputs).message(5, setting));
        return this;
    }

    private static Message operation(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    /** Adds a constant row of floats. */
    OnnxFile floats(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, FLOAT, values.length, raw.array());
    }

    /** Adds a constant matrix of zeros. */
    OnnxFile matrix(String name, int rows, int columns) {
        Message tensor = new Message().number(1, rows).number(1, columns).number(2, FLOAT);
        graph.message(5, tensor.text(8, name).bytes(9, new byte[rows * columns * 4]));
        return this;
    }

    /** Adds a constant row of integers. */
    OnnxFile integers(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, INT64, values.length, raw.array());
    }

    private OnnxFile constant(String name, int type, int size, byte[] raw) {
        graph.message(
                5, new Message().number(1, size).number(2, type).text(8, name).bytes(9, raw));
        return this;
    }

    /** Adds an input of integers, rows by tokens. */
    OnnxFile input(String name) {
        graph.message(11, value(name, INT64, -1));
        return this;
    }

    /** Adds an output of floats, rows by {@code width}. */
    OnnxFile output(String name, int width) {
        graph.message(12, value(name, FLOAT, width));
        return this;
    }

    /** Adds an output of integers, rows by {@code width}. */
    OnnxFile integerOutput(String name, int width) {
        graph.message(12, value(name, INT64, width));
        return this;
    }

    private static Message value(String name, int type, int width) {
        Message columns =
                width < 0 ? new Message().text(2, "tokens") : new Message().number(1, width);
        Message shape = new Message().message(1, new Message().text(2, "rows")).message(1, columns);
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    byte[] bytes() {
        Message opset = new Message().text(1, "").number(2, OPSET);
        graph.text(2, "test");
        return new Message()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, opset)
                .bytes
                .toByteArray();
    }
}
