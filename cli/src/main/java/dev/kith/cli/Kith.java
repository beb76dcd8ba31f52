package dev.kith.cli;

import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code kith} command: its subcommands do the work, alone it prints its usage. */
@Command(
        name = "kith",
        description = "Vector search and retrieval from a shell.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Kith.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all went well",
            "1:something failed; standard error says what and why",
            "2:the command line cannot be understood",
            "130:interrupted"
        })
public final class Kith implements Runnable {
    /** What shells report for a command that SIGPIPE ended. */
    private static final int READER_LEFT = 141;

    private static final int INTERRUPTED = 130;

    /** Tells which instructions it uses, or not; held here because a logger that nobody holds forgets its level. */
    private static final Logger LUCENE =
            Logger.getLogger("org.apache.lucene.internal.vectorization");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program a failure came from.")
    private boolean debug;

    private Kith() {}

    /** Runs the command line and exits with its status. */
    public static void main(String[] args) {
        LUCENE.setLevel(Level.SEVERE);
        Interrupts interrupts = Interrupts.of(Thread.currentThread());
        int status = run(args, Terminal.ofProcess());
        interrupts.commandEnded();
        System.exit(status);
    }

    /** Runs the command line and returns its status. */
    static int run(String[] args, Terminal terminal) {
        CommandLine kith = commandLine(terminal);
        int status;
        try {
            status = kith.execute(args);
            terminal.out().flush();
        } catch (StandardOutput.Lost e) {
            status = e.readerLeft() ? READER_LEFT : failed(e, kith);
        } catch (RuntimeException | OutOfMemoryError e) {
            status = failed(e, kith);
        }
        return status;
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine kith = new CommandLine(new Kith());
        kith.addSubcommand(new IndexCommand(terminal))
                .addSubcommand(new SearchCommand(terminal))
                .addSubcommand(new EvalCommand(terminal))
                .addSubcommand(new BenchCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new DemoCommand(terminal));
        return kith.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Kith::misused)
                .setExecutionExceptionHandler(Kith::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("kith: " + e.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        return failed(e, command);
    }

    private static int failed(Throwable e, CommandLine command) {
        if (e instanceof InterruptedException) {
            return INTERRUPTED;
        }
        command.getErr().println("kith: " + Failure.message(e));
        CommandLine top = command.getParent() == null ? command : command.getParent();
        if (top.getCommand() instanceof Kith kith && kith.debug) {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
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
