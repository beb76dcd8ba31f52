package dev.kith.chronicle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * The flags without which Chronicle Map fails, each in a different way and none with a message that names it: it compiles
 * classes when it is first used, defines them in its own class loader, and maps files beyond the JDK's limits.
 */
final class JvmFlags {
    private record Flag(String option, String module, String packageName) {
        private boolean isGiven(Module to) {
            Optional<Module> from = ModuleLayer.boot().findModule(module);
            return from.isPresent()
                    && (option.equals("--add-opens")
                            ? from.get().isOpen(packageName, to)
                            : from.get().isExported(packageName, to));
        }

        @Override
        public String toString() {
            return option + "=" + module + "/" + packageName + "=ALL-UNNAMED";
        }
    }

    private static final List<Flag> FLAGS = List.of(
            new Flag("--add-exports", "jdk.compiler", "com.sun.tools.javac.file"),
            new Flag("--add-opens", "java.base", "java.lang"),
            new Flag("--add-opens", "java.base", "java.lang.reflect"),
            new Flag("--add-opens", "java.base", "sun.nio.ch"));

    private JvmFlags() {}

    static List<String> all() {
        return FLAGS.stream().map(Flag::toString).toList();
    }

    /**
     * Checks that Chronicle Map can work here.
     *
     * @throws IllegalStateException if it cannot; the message says what is missing and how to add it
     */
    static void check() {
        Module chronicle = ChronicleMap.class.getModule();
        if (chronicle.isNamed()) {
            throw new IllegalStateException("Chronicle Map is on the module path, as module "
                    + chronicle.getName() + ", but works on the class path only");
        }
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            throw new IllegalStateException("Chronicle Map needs a full JDK with the module"
                    + " jdk.compiler, but this is a JVM without a compiler");
        }
        List<String> missing = new ArrayList<>();
        for (Flag flag : FLAGS) {
            if (!flag.isGiven(chronicle)) {
                missing.add(flag.toString());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Chronicle Map needs flags that this JVM was started"
                    + " without: " + String.join(", ", missing) + ". Start it with: java "
                    + String.join(" ", all()));
        }
    }
}
