package dev.kith.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The bytes of an image that is stored somewhere: a file, a slice of a Lucene input. Safe for any number of threads. */
public interface ByteSource extends AutoCloseable {
    /** A name for messages: the file's. */
    String name();

    /** The number of bytes. */
    long length();

    /**
     * Reads bytes at a position.
     *
     * @throws IOException if there are fewer bytes, or reading fails
     */
    void read(long position, byte[] into, int offset, int length) throws IOException;

    /** All the bytes, mapped and little-endian readable by any thread, or null if they cannot be mapped. */
    @Nullable
    MemorySegment segment() throws IOException;

    @Override
    void close();
}
