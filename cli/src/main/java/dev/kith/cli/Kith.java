package dev.kith.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code kith} command: its subcommands do the work, alone it prints its usage. */
@Command(
        name = "kith",
        description = "Vector search and retrieval from a shell.",
        mixinStandardHelpOptions = true,
        versionProvider = Kith.Version.class)
public final class Kith implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Called by picocli, which fills the fields before it runs the command. */
    @SuppressWarnings("NullAway.Init")
    public Kith() {}

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Kith());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version in the jar's manifest; classes outside a jar have none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Kith.class.getPackage().getImplementationVersion();
            return new String[] {"kith " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
