package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class KithTest {
    private final Shell shell = new Shell();

    @Test
    void printsItsUsageWhenCalledAlone() {
        assertThat(shell.run()).isZero();
        assertThat(shell.out())
                .startsWith("Usage: kith")
                .contains("index", "search", "bench", "demo");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void printsItsNameWithItsVersion() {
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).startsWith("kith ");
    }

    static Iterable<String> commands() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Kith.commandLine(Terminal.of(nowhere, nowhere)).getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEachCommandWithAnExample(String command) {
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out())
                .startsWith("Usage: kith " + command)
                .contains("Example")
                .contains("  kith " + command);
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void refusesAnUnknownOptionWithTheStatusOfMisuse() {
        assertThat(shell.run("--no-such-option")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines(
                        "kith: Unknown option: '--no-such-option'\nTry 'kith --help'.\n");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void refusesAnUnknownCommand() {
        assertThat(shell.run("serach", "kb")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(shell.err()).startsWith("kith: Unmatched arguments").contains("serach");
    }

    @Test
    void keepsTheStackTraceOfAFailureForDebugging() {
        assertThat(shell.run("inspect", "no-such-file")).isEqualTo(1);
        assertThat(shell.err())
                .isEqualToNormalizingNewlines("kith: no-such-file: no such file or directory\n");
        assertThat(shell.run("inspect", "no-such-file", "--debug")).isEqualTo(1);
        assertThat(shell.err()).contains("NoSuchFileException").contains("\tat dev.kith.");
    }

    @Test
    void endsSilentlyWhenTheReaderOfItsOutputHasLeft() {
        StringWriter err = new StringWriter();
        PrintWriter closed = broken("Broken pipe");
        assertThat(Kith.run(new String[] {"--help"}, Terminal.of(closed, new PrintWriter(err))))
                .isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void failsWhenItsOutputCannotBeWritten() {
        StringWriter err = new StringWriter();
        PrintWriter full = broken("No space left on device");
        assertThat(Kith.run(new String[] {"--help"}, Terminal.of(full, new PrintWriter(err))))
                .isEqualTo(1);
        assertThat(err.toString()).contains("kith: standard output: No space left on device");
    }

    private static PrintWriter broken(String reason) {
        return new PrintWriter(new StandardOutput(new java.io.OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        }));
    }
}
