package dev.kith.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that tells when it fails. A {@link java.io.PrintWriter} swallows every IOException, and a command would
 * go on computing for a reader that has left, or report success with the disk full; what this one throws passes through it.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream stream;

    StandardOutput(OutputStream stream) {
        this.stream = stream;
    }

    /** Standard output cannot be written any more. An Error because picocli turns exceptions in its help into its own. */
    static final class Lost extends Error {
        private static final long serialVersionUID = 1L;
        private final boolean readerLeft;

        private Lost(String why, IOException cause) {
            super("standard output: " + why, cause);
            readerLeft = why.contains("Broken pipe") || why.contains("pipe is being closed");
        }

        /** Whether the reader of a pipe has left, as {@code head} does: no error, just the end. */
        boolean readerLeft() {
            return readerLeft;
        }
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private static Lost lost(IOException e) {
        return new Lost(String.valueOf(e.getMessage()), e);
    }
}
