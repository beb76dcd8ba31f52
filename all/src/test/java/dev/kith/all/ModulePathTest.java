package dev.kith.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that a user might write, compiled and run on the class path and as a module of its own. */
class ModulePathTest {
    private static final String APPLICATION = """
            package app;

            import dev.kith.*;

            public class Main {
                public static void main(String[] args) throws Exception {
                    Vectors rows = Vectors.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {-1, 0});
                    for (String text : new String[] {"flat?metric=cosine", "hnsw?metric=cosine"}) {
                        IndexSpec spec = IndexSpec.parse(text);
                        try (VectorIndex index = VectorIndex.build(rows, spec, BuildContext.defaults())) {
                            int[] found = index.search(SearchRequest.of(new float[] {.1f, .9f}, 2)).rows();
                            System.out.println(spec.family() + " " + found[0] + " " + found[1]);
                        }
                    }
                }
            }
            """;

    private static final String EXPECTED = "flat 1 0\nhnsw 1 0\n";

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        compile("classpath", "", List.of("-cp", classPath()));
        String modular = "module app { requires dev.kith.all; %s }";
        compile("plain", modular.formatted(""), List.of("-p", classPath()));
        compile(
                "simd",
                modular.formatted("requires jdk.incubator.vector;"),
                List.of("-p", classPath()));
    }

    @Test
    void runsOnTheClassPath() throws Exception {
        assertThat(java(
                        "-cp",
                        folder.resolve("classpath") + File.pathSeparator + classPath(),
                        "app.Main"))
                .contains(EXPECTED)
                .contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void runsOnTheClassPathWithSimdByAFlag() throws Exception {
        assertThat(java(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        folder.resolve("classpath") + File.pathSeparator + classPath(),
                        "app.Main"))
                .contains(EXPECTED)
                .doesNotContain("--add-modules jdk.incubator.vector");
    }

    @Test
    void runsOnTheModulePath() throws Exception {
        assertThat(java(
                        "-p",
                        folder.resolve("plain") + File.pathSeparator + classPath(),
                        "-m",
                        "app/app.Main"))
                .contains(EXPECTED);
    }

    @Test
    void needsNoFlagForSimdWhereTheApplicationRequiresTheVectorModule() throws Exception {
        assertThat(java(
                        "-p",
                        folder.resolve("simd") + File.pathSeparator + classPath(),
                        "-m",
                        "app/app.Main"))
                .contains(EXPECTED)
                .doesNotContain("--add-modules jdk.incubator.vector");
    }

    /** What an application has: no test classes, no test libraries. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            // Classes where Maven stops before packaging, jars where it does not.
            boolean ours = path.endsWith("target/classes")
                    || path.getFileName().toString().matches("kith-.*\\.jar");
            if ((ours && !entry.contains("testkit"))
                    || entry.matches(".*(lucene|jackson|jsoup|commonmark|onnx).*jar")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void compile(String name, String moduleInfo, List<String> options)
            throws IOException {
        Path sources = Files.createDirectories(folder.resolve(name + "-src"));
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-d", folder.resolve(name).toString()));
        arguments.add(
                Files.writeString(sources.resolve("Main.java"), APPLICATION).toString());
        if (!moduleInfo.isEmpty()) {
            arguments.add(Files.writeString(sources.resolve("module-info.java"), moduleInfo)
                    .toString());
        }
        StringWriter messages = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        List<String> flags =
                arguments.stream().filter(a -> !a.endsWith(".java")).toList();
        List<String> names = arguments.stream().filter(a -> a.endsWith(".java")).toList();
        assertThat(compiler.getTask(
                                messages,
                                files,
                                null,
                                flags,
                                null,
                                files.getJavaFileObjectsFromStrings(names))
                        .call())
                .as(messages::toString)
                .isTrue();
    }

    private static String java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.replace("\r\n", "\n");
    }
}
