package dev.kith.cli.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Folders that a tool fills and can fill again. A name alone proves little, {@code docs/build} may hold pages about building:
 * the file that makes the tool fill the folder must stand beside it. Folders with a {@code CACHEDIR.TAG} say so themselves.
 */
final class BuildOutput {
    private static final List<String> GRADLE = List.of("build.gradle", "build.gradle.kts");
    private static final Map<String, List<String>> MAKERS = Map.of(
            "target", List.of("pom.xml", "Cargo.toml", "build.sbt"),
            "build",
                    List.of(
                            GRADLE.get(0),
                            GRADLE.get(1),
                            "CMakeLists.txt",
                            "package.json",
                            "setup.py",
                            "pyproject.toml"),
            "out", List.of("package.json", GRADLE.get(0), GRADLE.get(1)),
            "dist", List.of("package.json", "setup.py", "pyproject.toml"));

    private BuildOutput() {}

    static boolean is(Path folder) {
        String name = folder.getFileName().toString();
        if (name.equals("node_modules")
                || name.equals("__pycache__")
                || Files.exists(folder.resolve("CACHEDIR.TAG"))) {
            return true;
        }
        return MAKERS.getOrDefault(name, List.of()).stream()
                .anyMatch(maker -> Files.exists(folder.resolveSibling(maker)));
    }
}
