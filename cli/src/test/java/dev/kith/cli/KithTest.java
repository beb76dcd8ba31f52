package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class KithTest {

    private final StringWriter out = new StringWriter();
    private final CommandLine kith = Kith.commandLine().setOut(new PrintWriter(out));

    @Test
    void printsItsUsageWhenCalledAlone() {
        assertThat(kith.execute()).isZero();
        assertThat(out.toString()).startsWith("Usage: kith");
    }

    @Test
    void printsItsNameWithItsVersion() {
        assertThat(kith.execute("--version")).isZero();
        assertThat(out.toString()).startsWith("kith ");
    }

    @Test
    void refusesAnUnknownOption() {
        kith.setErr(new PrintWriter(new StringWriter()));
        assertThat(kith.execute("--no-such-option")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
