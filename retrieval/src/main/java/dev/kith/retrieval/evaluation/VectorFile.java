package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.CorruptFileException;
import dev.kith.text.Embedding;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Vectors by the hash of their texts, appended to one file: a cache, which may be deleted at any time.
 *
 * <pre>
 * header   "KITHVEC1", int length of the identity in bytes, identity in UTF-8, int dimension
 * record   4 longs of hash, int tokens, int dropped, dimension floats, int CRC-32C of the record before it
 * </pre>
 *
 * All numbers are big-endian. A record that is short or fails its check ends the file.
 */
final class VectorFile implements Closeable {
    private static final long MAGIC = 0x4B49544856454331L;
    private static final int MAX_IDENTITY = 1 << 16;
    private static final int HASH_AND_COUNTS = 4 * Long.BYTES + 2 * Integer.BYTES;

    private final FileChannel channel;
    private final ByteBuffer record;

    private VectorFile(FileChannel channel, int dimension) {
        this.channel = channel;
        this.record =
                ByteBuffer.allocate(HASH_AND_COUNTS + dimension * Float.BYTES + Integer.BYTES);
    }

    static VectorFile open(
            Path path,
            String identity,
            int dimension,
            BiConsumer<RememberingEmbedder.Key, Embedding> reader)
            throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, path);
            VectorFile file = new VectorFile(channel, dimension);
            if (channel.size() == 0) {
                byte[] name = identity.getBytes(UTF_8);
                file.write(ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + name.length)
                        .putLong(MAGIC)
                        .putInt(name.length)
                        .put(name)
                        .putInt(dimension)
                        .flip());
            } else {
                file.read(path, identity, dimension, reader);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalStateException(path + " is in use");
        }
    }

    private void read(
            Path path,
            String identity,
            int dimension,
            BiConsumer<RememberingEmbedder.Key, Embedding> reader)
            throws IOException {
        long size = channel.size();
        // Not closed: that would close the channel.
        DataInputStream in = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
        long end = header(in, size, path, identity, dimension);
        while (size - end >= record.capacity()) {
            in.readFully(record.array());
            record.clear();
            if (crc() != record.getInt(record.capacity() - Integer.BYTES)) {
                break;
            }
            RememberingEmbedder.Key key = new RememberingEmbedder.Key(
                    record.getLong(), record.getLong(), record.getLong(), record.getLong());
            int tokens = record.getInt();
            int dropped = record.getInt();
            float[] vector = new float[dimension];
            record.asFloatBuffer().get(vector);
            reader.accept(key, new Embedding(vector, tokens, dropped));
            end += record.capacity();
        }
        channel.truncate(end);
        channel.position(end);
    }

    /** Checks the header and returns its length. */
    private static long header(
            DataInputStream in, long size, Path path, String identity, int dimension)
            throws IOException {
        if (size < Long.BYTES + Integer.BYTES || in.readLong() != MAGIC) {
            throw new CorruptFileException(
                    path.toString(), 0, "a file of remembered vectors", "another");
        }
        int length = in.readInt();
        long end = Long.BYTES + 2L * Integer.BYTES + length;
        if (length < 0 || length > MAX_IDENTITY || end > size) {
            throw new CorruptFileException(
                    path.toString(),
                    Long.BYTES,
                    "the length of an embedder's identity",
                    String.valueOf(length));
        }
        String found = new String(in.readNBytes(length), UTF_8);
        int foundDimension = in.readInt();
        if (!found.equals(identity) || foundDimension != dimension) {
            throw new IllegalArgumentException(path + " holds vectors of " + found + " ("
                    + foundDimension + " components), not of " + identity + " (" + dimension + ")");
        }
        return end;
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, record.capacity() - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** Adds a vector. */
    synchronized void append(RememberingEmbedder.Key key, Embedding embedding) throws IOException {
        record.clear();
        record.putLong(key.a()).putLong(key.b()).putLong(key.c()).putLong(key.d());
        record.putInt(embedding.tokens()).putInt(embedding.dropped());
        record.asFloatBuffer().put(embedding.vector());
        record.putInt(record.capacity() - Integer.BYTES, crc());
        write(record.clear());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
