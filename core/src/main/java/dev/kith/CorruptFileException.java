package dev.kith;

import java.io.IOException;

/** A file is not what it should be: foreign, truncated or damaged. Says where, what was expected and what was found. */
public class CorruptFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String file;
    private final long offset;

    /**
     * @param file the file's name
     * @param offset the position in bytes of what is wrong
     */
    public CorruptFileException(String file, long offset, String expected, String found) {
        super(file + ", offset " + offset + ": expected " + expected + ", found " + found);
        this.file = file;
        this.offset = offset;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** The position in bytes of what is wrong. */
    public long offset() {
        return offset;
    }
}
