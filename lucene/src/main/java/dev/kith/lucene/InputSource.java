package dev.kith.lucene;

import dev.kith.CorruptFileException;
import dev.kith.spi.ByteSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.jspecify.annotations.Nullable;

/** A part of a Lucene file as a source of bytes; the file is closed by whoever opened it. */
record InputSource(IndexInput input, long offset, long length) implements ByteSource {
    @Override
    public String name() {
        return input.toString();
    }

    @Override
    public void read(long position, byte[] into, int at, int count) throws IOException {
        if (position < 0 || count > length - position) {
            throw new CorruptFileException(
                    name(), offset + position, count + " bytes", (length - position) + " bytes");
        }
        // An input has one position, and a source any number of readers.
        IndexInput reader = input.clone();
        reader.seek(offset + position);
        reader.readBytes(into, at, count);
    }

    @Override
    public @Nullable MemorySegment segment() throws IOException {
        // As Lucene's own vectors do: its test directories wrap every input.
        return FilterIndexInput.unwrapOnlyTest(input) instanceof MemorySegmentAccessInput mapped
                ? mapped.segmentSliceOrNull(offset, length)
                : null;
    }

    @Override
    public void close() {}
}
