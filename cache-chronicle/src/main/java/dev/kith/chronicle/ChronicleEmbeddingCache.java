package dev.kith.chronicle;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.EmbeddingCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.hash.ChronicleHashRecoveryFailedException;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An embedding cache in a file, on Chronicle Map: off the heap, mapped, for one embedder and one process at a time. Its room
 * is fixed when it is opened; when that is used up, further embeddings are not remembered ({@link #isFull()}).
 *
 * <p>What is there survives a killed process. Chronicle Map writes nothing to disk by itself before it is closed and may lose
 * or damage entries when it is not; so each entry carries a checksum, a damaged one counts as forgotten, and a cache that was
 * not closed is rebuilt from its sound entries when it is next opened.
 *
 * <p>Chronicle Map needs a full JDK, the class path, and the flags of {@link #jvmFlags()}. The first cache that a JVM opens
 * takes some seconds: classes are compiled. Its usage reports are switched off, for the whole JVM.
 *
 * <p>Safe for any number of threads.
 */
public final class ChronicleEmbeddingCache implements EmbeddingCache, AutoCloseable {
    /** Segments fill unevenly; they may spill into extra ones until the cache as a whole is full. */
    private static final double BLOAT = 4;

    private final Path file;
    private final CacheState state;
    private final CacheState.Content content;
    private final EntryCodec codec;
    private final ChronicleMap<byte[], byte[]> map;
    private volatile boolean closed;

    private ChronicleEmbeddingCache(
            Path file,
            CacheState state,
            CacheState.Content content,
            EntryCodec codec,
            ChronicleMap<byte[], byte[]> map) {
        this.file = file;
        this.state = state;
        this.content = content;
        this.codec = codec;
        this.map = map;
    }

    /** The flags that the JVM must be started with. */
    public static List<String> jvmFlags() {
        return JvmFlags.all();
    }

    /**
     * Opens a cache; it is made if there is none, enlarged if it has less room, and rebuilt if it was not closed.
     *
     * @param file where it is, or is to be; a small {@code .state} file stands beside it
     * @param embedder whose embeddings it holds
     * @param capacity room for how many embeddings: {@code 4 * dimension + 60} bytes each, of which the file takes on disk
     *     what is used
     * @throws IllegalStateException if the JVM lacks what Chronicle Map needs; the message names it
     * @throws IllegalArgumentException if the capacity is not positive or more than Chronicle Map can have, or the cache is
     *     another embedder's
     * @throws IOException if the cache is open already, or the file is no cache or cannot be read or written
     */
    public static ChronicleEmbeddingCache open(Path file, Embedder embedder, long capacity)
            throws IOException {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive: " + capacity);
        }
        JvmFlags.check();
        // Read when the first map is made; the artifact that would report is left out as well.
        System.setProperty("chronicle.analytics.disable", "true");
        CacheState state = CacheState.lock(file);
        try {
            return open(file, state, embedder, capacity);
        } catch (
                Throwable
                        e) { // errors too, such as memory that cannot be mapped: the lock must not
            // stay
            state.close();
            throw e;
        }
    }

    private static ChronicleEmbeddingCache open(
            Path file, CacheState state, Embedder embedder, long capacity) throws IOException {
        CacheState.Content found = state.read();
        if (found == null && Files.exists(file)) {
            throw new IOException(file + " is not an embedding cache: its .state file is empty or"
                    + " was missing. To begin anew, delete it");
        }
        if (found != null) {
            check(file, found, embedder);
        }
        EntryCodec codec = new EntryCodec(embedder.dimension());
        long room = found == null ? capacity : Math.max(capacity, found.capacity());
        if (found != null && (!found.closed() || room > found.capacity())) {
            rebuild(file, codec, found, room);
        }
        var content =
                new CacheState.Content(embedder.identity(), embedder.dimension(), room, false);
        state.write(content);
        try {
            ChronicleMap<byte[], byte[]> map =
                    builder(codec, room).createPersistedTo(file.toFile());
            return new ChronicleEmbeddingCache(file, state, content, codec, map);
        } catch (Throwable e) {
            if (found == null) {
                // A state that asks for the same room again would keep the cache from ever being
                // made.
                Files.deleteIfExists(file);
                state.clear();
            }
            throw e;
        }
    }

    private static void check(Path file, CacheState.Content found, Embedder embedder) {
        if (!found.identity().equals(embedder.identity())
                || found.dimension() != embedder.dimension()) {
            throw new IllegalArgumentException(file + " holds embeddings of '" + found.identity()
                    + "' with " + found.dimension() + " components, not of '"
                    + embedder.identity() + "' with " + embedder.dimension());
        }
    }

    private static ChronicleMapBuilder<byte[], byte[]> builder(EntryCodec codec, long capacity) {
        return ChronicleMap.of(byte[].class, byte[].class)
                .name("kith-embeddings")
                .entries(capacity)
                .constantKeySizeBySample(new byte[EntryCodec.KEY_BYTES])
                .constantValueSizeBySample(new byte[codec.valueBytes()])
                .maxBloatFactor(BLOAT);
    }

    /** Copies what is sound into a new file, which then takes the old one's place. */
    private static void rebuild(Path file, EntryCodec codec, CacheState.Content old, long capacity)
            throws IOException {
        Path rebuilt = file.resolveSibling(file.getFileName() + ".rebuilt");
        Files.deleteIfExists(rebuilt);
        if (Files.exists(file)) {
            try (ChronicleMap<byte[], byte[]> to =
                            builder(codec, capacity).createPersistedTo(rebuilt.toFile());
                    ChronicleMap<byte[], byte[]> from = builder(codec, old.capacity())
                            .recoverPersistedTo(file.toFile(), true)) {
                for (Map.Entry<byte[], byte[]> entry : from.entrySet()) {
                    if (codec.embedding(entry.getKey(), entry.getValue()) != null) {
                        to.put(entry.getKey(), entry.getValue());
                    }
                }
            } catch (ChronicleHashRecoveryFailedException _) {
                // Nothing is to be saved: what was copied until then is all there will be.
            }
            force(rebuilt);
            Files.move(
                    rebuilt,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public @Nullable Embedding get(Key key) {
        requireOurs(key);
        byte[] keyBytes = EntryCodec.key(key);
        byte[] value = map.get(keyBytes);
        return value == null ? null : codec.embedding(keyBytes, value);
    }

    @Override
    public void put(Key key, Embedding embedding) {
        requireOurs(key);
        if (embedding.vector().length != content.dimension()) {
            throw new IllegalArgumentException(file + " holds vectors of " + content.dimension()
                    + " components, not of " + embedding.vector().length);
        }
        byte[] keyBytes = EntryCodec.key(key);
        if (!isFull() || map.containsKey(keyBytes)) {
            map.put(keyBytes, codec.value(keyBytes, embedding));
        }
    }

    private void requireOurs(Key key) {
        requireOpen();
        if (!key.embedder().equals(content.identity())) {
            throw new IllegalArgumentException(file + " holds embeddings of '" + content.identity()
                    + "', not of '" + key.embedder() + "'");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the cache is closed: " + file);
        }
    }

    /** How many embeddings it holds. */
    public long size() {
        requireOpen();
        return map.longSize();
    }

    /** How many embeddings it has room for. */
    public long capacity() {
        return content.capacity();
    }

    /** Whether its room is used up, so that nothing more is remembered. */
    public boolean isFull() {
        return size() >= capacity();
    }

    /**
     * Writes everything to disk and closes the cache.
     *
     * @throws IOException if it cannot be written; it is rebuilt then when it is next opened
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (state) {
            map.close();
            force(file);
            state.write(new CacheState.Content(
                    content.identity(), content.dimension(), content.capacity(), true));
        }
    }
}
