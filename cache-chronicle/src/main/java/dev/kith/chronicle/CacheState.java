package dev.kith.chronicle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small file beside a cache's map that says whose embeddings it holds and whether it was closed. Locked while the cache
 * is open. A line each:
 * <pre>
 * kith-embedding-cache-1
 * identity of the embedder
 * components of a vector
 * room, in embeddings
 * open | closed
 * </pre>
 */
final class CacheState implements AutoCloseable {
    /**
     * What the file says.
     *
     * @param closed false while the cache is open, and for ever after its process was killed
     */
    record Content(String identity, int dimension, long capacity, boolean closed) {}

    private static final String MAGIC = "kith-embedding-cache-1";
    private static final String CLOSED = "closed";
    private static final int LINES = 5;

    private final Path file;
    private final FileChannel channel;

    private CacheState(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks the state beside a map; it is made if there is none.
     *
     * @throws IOException if another process or cache has it open
     */
    static CacheState lock(Path map) throws IOException {
        Path file = map.resolveSibling(map.getFileName() + ".state");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock(channel) != null) {
                return new CacheState(file, channel);
            }
            throw new IOException(map + " is open already, here or in another process");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    /**
     * What the file says, or null if it is new.
     *
     * @throws IOException if it is not a cache's
     */
    @Nullable
    Content read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
        if (bytes.position() == 0) {
            return null;
        }
        List<String> lines =
                new String(bytes.array(), 0, bytes.position(), UTF_8).lines().toList();
        try {
            if (lines.size() == LINES && lines.getFirst().equals(MAGIC)) {
                return new Content(
                        lines.get(1).translateEscapes(),
                        Integer.parseInt(lines.get(2)),
                        Long.parseLong(lines.get(3)),
                        lines.get(4).equals(CLOSED));
            }
        } catch (IllegalArgumentException _) {
            // Said below, as for every other damage.
        }
        throw new IOException(file + " is not the state of an embedding cache; expected " + MAGIC
                + " and four lines more. To begin anew, delete it and the map beside it");
    }

    /** Replaces the content, durably. */
    void write(Content content) throws IOException {
        String text = String.join(
                "\n",
                MAGIC,
                // Instructions to a model may have several lines.
                content.identity().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"),
                String.valueOf(content.dimension()),
                String.valueOf(content.capacity()),
                content.closed() ? CLOSED : "open",
                "");
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        for (long at = 0; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
        channel.truncate(bytes.limit());
        channel.force(true);
    }

    /** Makes it as new. */
    void clear() throws IOException {
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        channel.close(); // and with it the lock
    }
}
