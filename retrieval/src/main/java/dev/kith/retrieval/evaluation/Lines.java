package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.CorruptFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file, one at a time, that knows where each stands, so that a complaint can name the place. */
final class Lines implements AutoCloseable {
    private static final int SHOWN = 80;

    private final String file;
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long read;
    private long start;
    private int number;

    Lines(Path file) throws IOException {
        this.file = file.toString();
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next line that is not blank, without its end and without a byte order mark; null behind the last. */
    @Nullable
    String next() throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (!line.isBlank()) {
                return line;
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        start = read;
        bytes.reset();
        int b;
        while ((b = in.read()) >= 0) {
            read++;
            if (b == '\n') {
                break;
            }
            bytes.write(b);
        }
        if (b < 0 && bytes.size() == 0) {
            return null;
        }
        number++;
        String line;
        try {
            line = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            CorruptFileException corrupt = corrupt("UTF-8", bytes.toString(UTF_8));
            corrupt.initCause(e);
            throw corrupt;
        }
        line = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** The number of the line that came last, from 1. */
    int number() {
        return number;
    }

    /** A complaint about the line that came last. */
    CorruptFileException corrupt(String expected, String found) {
        String shown = found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "...";
        return new CorruptFileException(file + ", line " + number, start, expected, shown);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
