package dev.kith.retrieval.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.retrieval.filter.FieldType;
import dev.kith.text.Metadata;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bytes of strings and metadata in stored fields and hashes. Any string survives, unpaired surrogates included. */
final class Wire {
    private static final int UTF8 = 0;
    private static final int UTF16 = 1;

    private Wire() {}

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (new String(bytes, UTF_8).equals(text)) {
            out.writeByte(UTF8);
            out.writeInt(bytes.length);
            out.write(bytes);
        } else {
            out.writeByte(UTF16);
            out.writeInt(text.length());
            out.writeChars(text);
        }
    }

    static String text(DataInputStream in) throws IOException {
        int encoding = in.readByte();
        int length = in.readInt();
        if (encoding == UTF8) {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return new String(bytes, UTF_8);
        }
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = in.readChar();
        }
        return new String(chars);
    }

    static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    static List<String> texts(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    static void write(DataOutputStream out, Metadata metadata) throws IOException {
        out.writeInt(metadata.values().size());
        for (Map.Entry<String, Object> entry : metadata.values().entrySet()) {
            write(out, entry.getKey());
            write(out, FieldType.of(entry.getValue()).name());
            switch (entry.getValue()) {
                case String text -> write(out, text);
                case Long number -> out.writeLong(number);
                case Double number -> out.writeDouble(number);
                case Boolean flag -> out.writeBoolean(flag);
                case Instant instant -> out.writeLong(instant.toEpochMilli());
                case List<?> list ->
                    write(out, list.stream().map(String.class::cast).toList());
                default -> throw new IllegalStateException("no metadata: " + entry);
            }
        }
    }

    static Metadata metadata(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            values.put(text(in), value(in, FieldType.valueOf(text(in))));
        }
        return Metadata.of(values);
    }

    private static Object value(DataInputStream in, FieldType type) throws IOException {
        return switch (type) {
            case STRING -> text(in);
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case INSTANT -> Instant.ofEpochMilli(in.readLong());
            case STRINGS -> texts(in);
        };
    }
}
