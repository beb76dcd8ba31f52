package dev.kith.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command in this process, as the launcher would, and keeps what it printed. */
final class Shell {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return Kith.run(words, Terminal.of(new PrintWriter(out), new PrintWriter(err)));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
