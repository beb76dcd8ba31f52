package dev.kith.retrieval;

import java.io.IOException;

/** A corpus is open for writing already, in this process or another one. */
public final class CorpusLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    CorpusLockedException(String path, Throwable cause) {
        super(
                "corpus " + path
                        + " is open for writing elsewhere; close it there, or open it read-only",
                cause);
    }
}
