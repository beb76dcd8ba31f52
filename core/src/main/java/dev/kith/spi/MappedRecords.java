package dev.kith.spi;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Records in a mapped file. */
public final class MappedRecords implements Records {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1 << 16;

    private final MemorySegment segment;
    private final int count;
    private final int stride;

    /** @param segment exactly {@code count * stride} bytes */
    MappedRecords(MemorySegment segment, int count, int stride) {
        if (segment.byteSize() != (long) count * stride) {
            throw new IllegalArgumentException(
                    segment.byteSize() + " bytes are not " + count + " x " + stride);
        }
        this.segment = segment;
        this.count = count;
        this.stride = stride;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int stride() {
        return stride;
    }

    /** All records, for kernels. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where a record starts in the segment, for kernels. */
    public long offset(int record) {
        return (long) record * stride;
    }

    @Override
    public int getInt(int record, int offset) {
        return segment.get(INT, offset(record) + offset);
    }

    @Override
    public float getFloat(int record, int offset) {
        return segment.get(FLOAT, offset(record) + offset);
    }

    @Override
    public void readInts(int record, int offset, int[] into, int count) {
        MemorySegment.copy(segment, INT, offset(record) + offset, into, 0, count);
    }

    @Override
    public void readFloats(int record, int offset, float[] into, int at, int count) {
        MemorySegment.copy(segment, FLOAT, offset(record) + offset, into, at, count);
    }

    @Override
    public void readBytes(int record, int offset, byte[] into, int at, int count) {
        MemorySegment.copy(
                segment, ValueLayout.JAVA_BYTE, offset(record) + offset, into, at, count);
    }

    @Override
    public void writeTo(ByteSink sink) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, segment.byteSize())];
        for (long at = 0; at < segment.byteSize(); at += chunk.length) {
            int length = (int) Math.min(chunk.length, segment.byteSize() - at);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
            sink.write(chunk, 0, length);
        }
    }
}
