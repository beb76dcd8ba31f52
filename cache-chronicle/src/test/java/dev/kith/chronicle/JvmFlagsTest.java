package dev.kith.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFlagsTest {
    @TempDir
    private Path folder;

    private String failure(List<String> flags) throws Exception {
        Process writer = ChildJvm.start(
                flags, EndlessWriter.class, folder.resolve("cache.dat").toString());
        try (BufferedReader lines = writer.inputReader()) {
            String said = lines.lines()
                    .takeWhile(line -> !line.startsWith(EndlessWriter.READY))
                    .collect(Collectors.joining("\n"));
            writer.destroyForcibly();
            assertThat(folder).isEmptyDirectory();
            return said.lines()
                    .filter(line -> line.contains("IllegalStateException"))
                    .findFirst()
                    .orElse(said);
        }
    }

    @Test
    void namesEveryFlagThatIsMissingAndTheLineToAdd() throws Exception {
        List<String> all = ChronicleEmbeddingCache.jvmFlags();
        assertThat(failure(List.of()))
                .contains("started without: " + String.join(", ", all))
                .contains("Start it with: java " + String.join(" ", all));
    }

    @Test
    void namesTheOneFlagThatIsMissing() throws Exception {
        for (int i = 0; i < ChronicleEmbeddingCache.jvmFlags().size(); i++) {
            List<String> flags = new ArrayList<>(ChronicleEmbeddingCache.jvmFlags());
            String missing = flags.remove(i);
            assertThat(failure(flags)).contains("started without: " + missing + ". Start it with");
        }
    }

    @Test
    void namesACompilerThatIsMissing() throws Exception {
        List<String> flags = new ArrayList<>(ChronicleEmbeddingCache.jvmFlags());
        flags.add("--limit-modules=java.base,java.compiler,java.logging,jdk.unsupported");
        assertThat(failure(flags)).contains("needs a full JDK with the module jdk.compiler");
    }

    @Test
    void theBuildGivesTheFlagsThatTheCodeAsksFor() {
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .containsAll(ChronicleEmbeddingCache.jvmFlags());
    }
}
