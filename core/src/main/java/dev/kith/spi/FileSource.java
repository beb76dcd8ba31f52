package dev.kith.spi;

import dev.kith.CorruptFileException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as a source of bytes. */
final class FileSource implements ByteSource {
    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final Arena arena = Arena.ofShared();

    private FileSource(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    static FileSource open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, expected an index file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileSource(file, channel, channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position + length - buffer.remaining());
            if (read < 0) {
                throw new CorruptFileException(
                        name(),
                        position,
                        length + " bytes",
                        (length - buffer.remaining()) + " bytes");
            }
        }
    }

    @Override
    public MemorySegment segment() throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be closed", e);
        }
    }
}
