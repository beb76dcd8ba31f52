package dev.kith.spi;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Bytes that cannot be mapped, as of a compressed or remote file. */
class MemorySource implements ByteSource {
    private final byte[] bytes;
    int closes;

    MemorySource(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemorySource of(IndexImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        image.writeTo(out::write);
        return new MemorySource(out.toByteArray());
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        if (position + length > bytes.length) {
            throw new EOFException("read beyond the end: " + position + " + " + length);
        }
        System.arraycopy(bytes, (int) position, into, offset, length);
    }

    @Override
    public MemorySegment segment() {
        return null;
    }

    @Override
    public void close() {
        closes++;
    }
}
