package dev.kith.spi;

import java.io.IOException;

/** Takes the bytes of an image in order: a file, a Lucene output, a checksum. */
@FunctionalInterface
public interface ByteSink {
    /** Appends {@code length} bytes of the array. */
    void write(byte[] bytes, int offset, int length) throws IOException;
}
