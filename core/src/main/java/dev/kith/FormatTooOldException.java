package dev.kith;

import java.io.IOException;

/** A file was written in a format so old that this version no longer reads it. */
public class FormatTooOldException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param found the file's format version
     * @param oldest the oldest format version that this reader knows
     */
    public FormatTooOldException(String file, int found, int oldest) {
        super(file + ": has format version " + found + ", the oldest that can be read is "
                + oldest);
    }
}
