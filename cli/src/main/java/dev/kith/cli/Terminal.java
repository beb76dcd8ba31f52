package dev.kith.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: data to {@code out}, progress and complaints to {@code err}. Both are UTF-8, whatever the locale.
 *
 * @param outIsTerminal whether a person reads {@code out} as it is written
 * @param errIsTerminal whether a person reads {@code err} as it is written: only then is a progress bar redrawn
 * @param columns how wide the terminal is
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns) {
    private static final int COLUMNS = 80;

    /** The process's own. The launcher says what is a terminal, because the JVM cannot tell for each stream. */
    static Terminal ofProcess() {
        return new Terminal(
                writer(new StandardOutput(new FileOutputStream(FileDescriptor.out)), false),
                writer(new FileOutputStream(FileDescriptor.err), true),
                Boolean.getBoolean("kith.stdout.terminal"),
                Boolean.getBoolean("kith.stderr.terminal"),
                columns(System.getenv("COLUMNS")));
    }

    /** Pipes of a test or a script: nobody watches. */
    static Terminal of(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, COLUMNS);
    }

    /** Emphasis for people, and nothing but the text for pipes. */
    String bold(String text) {
        return outIsTerminal && System.getenv("NO_COLOR") == null
                ? "\u001b[1m" + text + "\u001b[0m"
                : text;
    }

    /** Says something on {@code err} that is neither data nor the end of the command. */
    void warn(String message) {
        err.println("kith: " + message);
        err.flush();
    }

    private static PrintWriter writer(OutputStream stream, boolean flushes) {
        return new PrintWriter(stream, flushes, StandardCharsets.UTF_8);
    }

    private static int columns(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(text) : COLUMNS;
    }
}
