package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, where signals and pipes are real. */
final class ProcessTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    private Process kith(Object... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dkith.stderr.terminal=true", // so that progress is heard at once
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kith.cli.Kith"));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ProcessBuilder(command).start();
    }

    private static int status(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String all(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesDataToOneStreamAndComplaintsToTheOther() throws Exception {
        Process good = kith("--version");
        assertThat(all(good.getInputStream())).startsWith("kith ");
        assertThat(status(good)).isZero();
        Process bad = kith("verify", folder.resolve("grüße"));
        assertThat(all(bad.getInputStream())).isEmpty();
        assertThat(all(bad.getErrorStream())).contains("no such file or directory");
        assertThat(status(bad)).isEqualTo(1);
    }

    @Test
    void endsSilentlyWhenNobodyReadsOn() throws Exception {
        Process process = kith("bench", "--help");
        process.getInputStream().close();
        String complaints = all(process.getErrorStream());
        assertThat(status(process)).isIn(0, 141); // 0: it had written all before the pipe broke
        assertThat(complaints.replaceAll("WARNING: Using incubator modules.*\\R", ""))
                .isEmpty();
    }

    @Test
    void anInterruptedIngestEndsAndLeavesTheCorpusUsable() throws Exception {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        for (int i = 0; i < 2000; i++) {
            Files.writeString(
                    docs.resolve(i + ".txt"), ("Passage " + i + " speaks of the sea. ").repeat(40));
        }
        Path corpus = folder.resolve("kb");
        Process process = kith("index", docs, "--corpus", corpus);
        StringBuilder heard = new StringBuilder();
        int character;
        while (!heard.toString().contains("ingest [")
                && (character = process.getErrorStream().read()) >= 0) {
            heard.append((char) character);
        }
        process.toHandle()
                .destroy(); // SIGTERM: SIGINT is ignored by what a script starts in the background
        String rest = all(process.getErrorStream());
        assertThat(status(process)).as(heard + rest).isEqualTo(143);
        assertThat(rest).doesNotContain("\tat ");

        Path one = Files.createDirectory(folder.resolve("one"));
        Files.writeString(one.resolve("a.txt"), "A file.");
        Shell shell = new Shell();
        assertThat(shell.run("index", one, "--corpus", corpus)).as(shell.err()).isZero();
        assertThat(shell.run("verify", corpus)).as(shell.err()).isZero();
    }
}
