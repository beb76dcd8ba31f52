package dev.kith.chronicle;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts another JVM with the class path of this one. */
final class ChildJvm {
    private ChildJvm() {}

    /** What it prints, errors too, comes by its input stream. */
    static Process start(List<String> flags, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + File.separator + "bin/java"));
        command.addAll(flags);
        String path = System.getProperty("surefire.test.class.path");
        command.addAll(List.of("-cp", path == null ? System.getProperty("java.class.path") : path));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
