package dev.kith.chronicle;

import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a cache's entries, numbers little-endian:
 * <pre>
 * key    role, 1 byte | SHA-256 of the text, 32
 * value  CRC-32C of the key and the rest, 4 | tokens, 4 | dropped, 4 | components, 4 each
 * </pre>
 */
final class EntryCodec {
    static final int KEY_BYTES = 33;
    private static final int HEADER_BYTES = 12;

    private final int dimension;

    EntryCodec(int dimension) {
        this.dimension = dimension;
    }

    int valueBytes() {
        return HEADER_BYTES + Float.BYTES * dimension;
    }

    static byte[] key(EmbeddingCache.Key key) {
        byte role = (byte)
                switch (key.role()) {
                    case QUERY -> 1;
                    case DOCUMENT -> 2;
                };
        return ByteBuffer.allocate(KEY_BYTES)
                .put(role)
                .put(HexFormat.of().parseHex(key.textHash()))
                .array();
    }

    byte[] value(byte[] key, Embedding embedding) {
        ByteBuffer value = ByteBuffer.allocate(valueBytes()).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(Integer.BYTES, embedding.tokens());
        value.putInt(2 * Integer.BYTES, embedding.dropped());
        value.slice(HEADER_BYTES, Float.BYTES * dimension)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(embedding.vector());
        return value.putInt(0, checksum(key, value.array())).array();
    }

    /** The embedding of an entry, or null if it is damaged. */
    @Nullable
    Embedding embedding(byte[] key, byte[] bytes) {
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (key.length != KEY_BYTES
                || bytes.length != valueBytes()
                || value.getInt(0) != checksum(key, bytes)) {
            return null;
        }
        float[] vector = new float[dimension];
        value.slice(HEADER_BYTES, Float.BYTES * dimension)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(vector);
        return new Embedding(vector, value.getInt(Integer.BYTES), value.getInt(2 * Integer.BYTES));
    }

    private static int checksum(byte[] key, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(value, Integer.BYTES, value.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
