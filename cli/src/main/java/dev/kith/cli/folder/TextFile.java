package dev.kith.cli.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file as UTF-8 and refuses, with the place, what is not: nothing is replaced or guessed. */
final class TextFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /** The file is there, but it is no text that can be taken. */
    static final class NotTextException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotTextException(String why) {
            super(why);
        }
    }

    /**
     * The text of a file, without a byte order mark.
     *
     * @param maxBytes larger files are refused before they are read
     * @throws NotTextException if it is too large, binary or not UTF-8
     */
    static String read(Path file, long maxBytes) throws IOException {
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new NotTextException(
                    "larger than the limit of " + maxBytes + " bytes (--max-file-size): " + size);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new NotTextException("binary: byte " + i + " is NUL");
            }
        }
        return decode(bytes);
    }

    private static String decode(byte[] bytes) throws NotTextException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new NotTextException("invalid UTF-8 at byte %d (0x%02x)"
                    .formatted(in.position(), bytes[in.position()]));
        }
        out.flip();
        if (out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK) {
            out.get();
        }
        return out.toString();
    }
}
