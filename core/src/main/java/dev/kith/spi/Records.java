package dev.kith.spi;

import java.io.IOException;

/**
 * Records of one width, numbered from 0: rows, adjacency lists, codes. Little-endian, in heap pages or in a mapped file;
 * only the kernels need to know which. Reading is safe for any number of threads.
 */
public sealed interface Records permits HeapRecords, MappedRecords {
    /** The number of records. */
    int count();

    /** The width of a record in bytes. */
    int stride();

    /** The int at a byte offset inside a record. */
    int getInt(int record, int offset);

    /** The float at a byte offset inside a record. */
    float getFloat(int record, int offset);

    /** Copies {@code count} ints that start at a byte offset inside a record. */
    void readInts(int record, int offset, int[] into, int count);

    /** Copies {@code count} floats that start at a byte offset inside a record. */
    void readFloats(int record, int offset, float[] into, int at, int count);

    /** Copies bytes that start at a byte offset inside a record. */
    void readBytes(int record, int offset, byte[] into, int at, int count);

    /** Writes all records in order. */
    void writeTo(ByteSink sink) throws IOException;

    /** The number of bytes of all records. */
    default long bytes() {
        return (long) count() * stride();
    }
}
