package dev.kith;

import java.io.IOException;

/** A file was written by a newer version, in a format that this version cannot read. */
public class FormatTooNewException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param needed the oldest reader's format version that the file asks for
     * @param supported the newest format version that this reader knows
     */
    public FormatTooNewException(String file, int needed, int supported) {
        super(file + ": needs a reader of format version " + needed
                + " or newer, this one reads up to " + supported);
    }
}
