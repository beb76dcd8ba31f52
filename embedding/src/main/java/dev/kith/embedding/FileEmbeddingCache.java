package dev.kith.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.CorruptFileException;
import dev.kith.text.Embedder;
import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An embedding cache of one embedder, appended to a file and held on the heap while it is open. An embedding takes four
 * bytes a component, in the file 48 more and on the heap about 250. It forgets nothing; the file may be deleted at any time.
 *
 * <p>What a process wrote before it ended, however it ended, is there when the file is opened again; after a crash of the
 * machine the end may be missing.
 *
 * <pre>
 * header   "KITHVEC2", int length of the identity in bytes, identity in UTF-8, int dimension
 * record   int role (0 question, 1 passage), 32 bytes of hash, int tokens, int dropped, dimension floats,
 *          int CRC-32C of the record before it
 * </pre>
 *
 * All numbers are big-endian. Of two records with one role and hash the later counts. A record that is short or fails its
 * check ends the file.
 */
public final class FileEmbeddingCache implements EmbeddingCache, Closeable {
    private static final long MAGIC = 0x4B49544856454332L;
    private static final int MAX_IDENTITY = 1 << 16;
    private static final int HASH = 32;
    private static final int BEFORE_VECTOR = 3 * Integer.BYTES + HASH;

    private final Map<Key, Embedding> embeddings = new HashMap<>();
    private final Path path;
    private final String identity;
    private final int dimension;
    // Not a channel: an interrupt of one thread would close it for all.
    private final RandomAccessFile file;
    private final ByteBuffer record;
    private long end;
    private boolean closed;

    private FileEmbeddingCache(Path path, Embedder embedder, RandomAccessFile file) {
        this.path = path;
        this.identity = embedder.identity();
        this.dimension = embedder.dimension();
        this.file = file;
        this.record = ByteBuffer.allocate(BEFORE_VECTOR + dimension * Float.BYTES + Integer.BYTES);
    }

    /**
     * Opens the cache in a file, which is made if it is missing. A damaged record, such as one that was half written when a
     * process ended, is dropped with all behind it.
     *
     * @param path a file of the default file system
     * @param embedder whose embeddings they are
     * @throws CorruptFileException if it is no such file
     * @throws IllegalArgumentException if it holds another embedder's embeddings; names both
     * @throws IllegalStateException if it is open already, here or in another process
     */
    public static FileEmbeddingCache open(Path path, Embedder embedder) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            lock(file, path);
            FileEmbeddingCache cache = new FileEmbeddingCache(path, embedder, file);
            if (file.length() == 0) {
                cache.writeHeader();
            } else {
                cache.read();
            }
            return cache;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void lock(RandomAccessFile file, Path path) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalStateException(path + " is in use");
        }
    }

    private void writeHeader() throws IOException {
        byte[] name = identity.getBytes(UTF_8);
        append(ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + name.length)
                .putLong(MAGIC)
                .putInt(name.length)
                .put(name)
                .putInt(dimension)
                .array());
    }

    private void read() throws IOException {
        long size = file.length();
        // Not closed: that would close the file.
        DataInputStream in = new DataInputStream(
                new BufferedInputStream(new FileInputStream(file.getFD()), 1 << 16));
        end = header(in, size);
        while (size - end >= record.capacity()) {
            in.readFully(record.array());
            record.clear();
            if (crc() != record.getInt(record.capacity() - Integer.BYTES)) {
                break;
            }
            Role role = record.getInt() == code(Role.QUERY) ? Role.QUERY : Role.DOCUMENT;
            byte[] hash = new byte[HASH];
            record.get(hash);
            int tokens = record.getInt();
            int dropped = record.getInt();
            float[] vector = new float[dimension];
            record.asFloatBuffer().get(vector);
            embeddings.put(
                    new Key(identity, role, HexFormat.of().formatHex(hash)),
                    new Embedding(vector, tokens, dropped));
            end += record.capacity();
        }
        file.setLength(end);
    }

    /** Checks the header and returns its length. */
    private long header(DataInputStream in, long size) throws IOException {
        if (size < Long.BYTES + Integer.BYTES || in.readLong() != MAGIC) {
            throw new CorruptFileException(
                    path.toString(), 0, "an embedding cache ('KITHVEC2')", "something else");
        }
        int length = in.readInt();
        long headerEnd = Long.BYTES + 2L * Integer.BYTES + length;
        if (length < 0 || length > MAX_IDENTITY || headerEnd > size) {
            throw new CorruptFileException(
                    path.toString(),
                    Long.BYTES,
                    "the length of an embedder's identity",
                    String.valueOf(length));
        }
        String found = new String(in.readNBytes(length), UTF_8);
        int foundDimension = in.readInt();
        if (!found.equals(identity) || foundDimension != dimension) {
            throw new IllegalArgumentException(path + " holds embeddings of " + found + " ("
                    + foundDimension + " components), not of " + identity + " (" + dimension + ")");
        }
        return headerEnd;
    }

    private static int code(Role role) {
        return switch (role) {
            case QUERY -> 0;
            case DOCUMENT -> 1;
        };
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, record.capacity() - Integer.BYTES);
        return (int) crc.getValue();
    }

    @Override
    public synchronized @Nullable Embedding get(Key key) {
        require(key);
        Embedding found = embeddings.get(key);
        return found == null ? null : found.copy();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    @Override
    public synchronized void put(Key key, Embedding embedding) {
        require(key);
        if (embedding.vector().length != dimension) {
            throw new IllegalArgumentException("the cache is for vectors of " + dimension
                    + " components, found " + embedding.vector().length);
        }
        record.clear();
        record.putInt(code(key.role())).put(HexFormat.of().parseHex(key.textHash()));
        record.putInt(embedding.tokens()).putInt(embedding.dropped());
        record.asFloatBuffer().put(embedding.vector());
        record.putInt(record.capacity() - Integer.BYTES, crc());
        try {
            append(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
        embeddings.put(key, embedding.copy());
    }

    private void require(Key key) {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        if (!key.embedder().equals(identity)) {
            throw new IllegalArgumentException(
                    path + " holds embeddings of " + identity + ", not of " + key.embedder());
        }
    }

    /** Where a write failed before, the next one begins again. */
    private void append(byte[] bytes) throws IOException {
        file.seek(end);
        file.write(bytes);
        end += bytes.length;
    }

    /** How many embeddings it holds. */
    public synchronized int size() {
        return embeddings.size();
    }

    /** Closes the file; the embedder stays open. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
