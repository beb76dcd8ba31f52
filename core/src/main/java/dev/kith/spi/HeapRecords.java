package dev.kith.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/**
 * Records in byte arrays, as in the file. A page holds a power of two of records in at most 2^30 bytes, so
 * that a record never straddles two pages and finding one is a shift and a mask.
 *
 * <p>Writable while an index is being built: writers of different records need no locks, publication is the builder's
 * business. Immutable once it is part of an index.
 */
public final class HeapRecords implements Records {
    private static final int PAGE_BYTES = 1 << 30;

    /**
     * Unused bytes before the first record. The JVM lays an array's elements 16 bytes behind its start, and starts large
     * arrays at a multiple of 64: so records of full cache lines begin at a line, and a vector load never needs two.
     */
    private static final int START = 48;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INTS =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOATS =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final byte[][] pages;

    /** The pages again: many numbers are copied faster through these. */
    private final MemorySegment[] segments;

    private final int count;
    private final int stride;
    private final int shift;
    private final int mask;

    private HeapRecords(byte[][] pages, int count, int stride, int shift) {
        this.pages = pages;
        this.segments = Stream.of(pages).map(MemorySegment::ofArray).toArray(MemorySegment[]::new);
        this.count = count;
        this.stride = stride;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
    }

    /**
     * Zeroed records.
     *
     * @param count at least 0
     * @param stride width in bytes, in [1, 2^30]
     */
    public static HeapRecords allocate(int count, int stride) {
        return allocate(count, stride, PAGE_BYTES);
    }

    /** Zeroed records in pages of at most that many bytes, or one record if that is more: small pages are for tests. */
    static HeapRecords allocate(int count, int stride, int pageBytes) {
        if (count < 0 || stride < 1 || stride > PAGE_BYTES) {
            throw new IllegalArgumentException(
                    "cannot hold " + count + " records of " + stride + " bytes");
        }
        int shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, pageBytes / stride));
        int perPage = 1 << shift;
        byte[][] pages = new byte[(int) (((long) count + perPage - 1) >>> shift)][];
        for (int page = 0; page < pages.length; page++) {
            int records = Math.min(perPage, count - (page << shift));
            pages[page] = new byte[START + records * stride];
        }
        return new HeapRecords(pages, count, stride, shift);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int stride() {
        return stride;
    }

    /** The array that holds a record, for kernels. */
    public byte[] page(int record) {
        return pages[record >>> shift];
    }

    private MemorySegment segment(int record) {
        return segments[record >>> shift];
    }

    /** Whether one array holds them all, for kernels. */
    public boolean inOnePage() {
        return pages.length == 1;
    }

    /** Where in its page a record starts, for kernels. */
    public int offset(int record) {
        return START + (record & mask) * stride;
    }

    @Override
    public int getInt(int record, int offset) {
        return (int) INT.get(page(record), offset(record) + offset);
    }

    @Override
    public float getFloat(int record, int offset) {
        return (float) FLOAT.get(page(record), offset(record) + offset);
    }

    @Override
    public void readInts(int record, int offset, int[] into, int count) {
        MemorySegment.copy(segment(record), INTS, offset(record) + offset, into, 0, count);
    }

    @Override
    public void readFloats(int record, int offset, float[] into, int at, int count) {
        MemorySegment.copy(segment(record), FLOATS, offset(record) + offset, into, at, count);
    }

    @Override
    public void readBytes(int record, int offset, byte[] into, int at, int count) {
        System.arraycopy(page(record), offset(record) + offset, into, at, count);
    }

    /** Sets the int at a byte offset inside a record. */
    public void putInt(int record, int offset, int value) {
        INT.set(page(record), offset(record) + offset, value);
    }

    /** Sets the float at a byte offset inside a record. */
    public void putFloat(int record, int offset, float value) {
        FLOAT.set(page(record), offset(record) + offset, value);
    }

    /** Sets {@code count} ints that start at a byte offset inside a record. */
    public void putInts(int record, int offset, int[] values, int count) {
        MemorySegment.copy(values, 0, segment(record), INTS, offset(record) + offset, count);
    }

    /** Sets {@code count} floats that start at a byte offset inside a record. */
    public void putFloats(int record, int offset, float[] values, int at, int count) {
        MemorySegment.copy(values, at, segment(record), FLOATS, offset(record) + offset, count);
    }

    /** Sets {@code count} bytes that start at a byte offset inside a record. */
    public void putBytes(int record, int offset, byte[] values, int at, int count) {
        System.arraycopy(values, at, page(record), offset(record) + offset, count);
    }

    /** Fills all records, in order, from a source. */
    void readFrom(ByteSource source, long position) throws IOException {
        for (byte[] page : pages) {
            source.read(position, page, START, page.length - START);
            position += page.length - START;
        }
    }

    @Override
    public void writeTo(ByteSink sink) throws IOException {
        for (byte[] page : pages) {
            sink.write(page, START, page.length - START);
        }
    }
}
