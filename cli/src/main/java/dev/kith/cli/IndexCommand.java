package dev.kith.cli;

import dev.kith.cli.folder.Folder;
import dev.kith.cli.folder.Folder.Skipped;
import dev.kith.cli.folder.Selection;
import dev.kith.cli.folder.Selection.Glob;
import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.IngestReport;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Brings a folder of text into a corpus, and on the next run what has changed since. */
@Command(
        name = "index",
        sortOptions = false,
        description = {
            "Bring the Markdown, HTML and plain text files of a folder into a corpus.",
            "Run again, only changed files are embedded again and vanished ones are removed. Hidden"
                    + " folders, build output and symbolic links are passed over. A file that cannot"
                    + " be read, is binary or not UTF-8 is reported and skipped, and the status is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kith index docs --corpus ./kb",
            "  kith index . --corpus ./kb --exclude 'drafts' --exclude '**/old/**'",
            "  kith index . --corpus ./kb --include '*.md' --include LICENSE"
        })
final class IndexCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder with the files.")
    private Path folder;

    @Option(
            names = "--corpus",
            required = true,
            paramLabel = "CORPUS",
            description = "The corpus's folder, made if it is missing.")
    private Path corpus;

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            converter = GlobOption.class,
            description =
                    "Take the files that match, whatever their extension, and no others; can be"
                            + " repeated.")
    private List<Glob> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            converter = GlobOption.class,
            description =
                    "Leave out files and folders that match; can be repeated. A glob without a"
                            + " slash is matched with names alone.")
    private List<Glob> exclude = new ArrayList<>();

    @Option(
            names = "--follow-links",
            description = "Go through symbolic links; loops are reported and left.")
    private boolean followLinks;

    @Option(
            names = "--max-file-size",
            paramLabel = "SIZE",
            defaultValue = "32M",
            converter = ByteSize.class,
            description = "Skip larger files; ${DEFAULT-VALUE} if left out.")
    private long maxFileSize;

    @Option(
            names = "--chunker",
            paramLabel = "WAY",
            defaultValue = "structure",
            description =
                    "How documents are cut into passages: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if"
                            + " left out. Given another way, every document is cut again, and only"
                            + " passages that are new are embedded.")
    private ChunkerChoice chunker;

    @Option(
            names = "--language",
            paramLabel = "NAME",
            description =
                    "The language of the texts, for stems and stop words: ${COMPLETION-CANDIDATES}."
                            + " A corpus keeps to the one it was made with; a new one is english if left out.")
    private @Nullable Analysis language;

    @Mixin
    private CorpusOptions options;

    IndexCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Selection selection = new Selection(include, exclude);
        Folder files = new Folder(folder, selection, followLinks, corpus);
        FolderIngest.Outcome outcome;
        try (Embedder embedder = options.embedder();
                Corpus open = Corpus.open(
                        corpus, CorpusOptions.config(embedder, chunker).withAnalysis(analysis()));
                ProgressBar progress = new ProgressBar(terminal)) {
            outcome = new FolderIngest(open, files, maxFileSize).run(progress);
        }
        report(outcome);
        return outcome.complete() ? 0 : 1;
    }

    private Analysis analysis() throws IOException {
        if (language != null) {
            return language;
        }
        try {
            return CorpusOptions.analysis(corpus);
        } catch (NoSuchFileException e) {
            return Analysis.ENGLISH; // a new corpus
        }
    }

    private void report(FolderIngest.Outcome outcome) {
        for (Skipped skipped : outcome.skipped()) {
            terminal.warn(
                    folder.resolve(skipped.id()) + ": skipped: " + Failure.reason(skipped.cause()));
        }
        for (IngestReport.Failure failure : outcome.report().failures()) {
            terminal.warn(folder.resolve(failure.documentId()) + ": refused: " + failure.reason());
        }
        IngestReport report = outcome.report();
        if (report.droppedTokens() > 0) {
            terminal.warn(Text.count(report.droppedTokens(), "token") + " behind the model's reach"
                    + " were not embedded; words search still finds them");
        }
        terminal.out()
                .println(summary(report)
                        + (outcome.skipped().isEmpty()
                                ? ""
                                : ", " + Text.count(outcome.skipped().size(), "file")
                                        + " skipped"));
    }

    /** One line: what happened to files, and how much had to be embedded. */
    static String summary(IngestReport report) {
        return "%s added, %s updated, %s unchanged, %s removed; %s, %s embedded"
                .formatted(
                        Text.number(report.added()),
                        Text.number(report.updated()),
                        Text.number(report.unchanged()),
                        Text.number(report.removed()),
                        Text.count(report.chunks(), "new passage"),
                        Text.number(report.embedded()));
    }

    /** A pattern for paths. */
    static final class GlobOption implements ITypeConverter<Glob> {
        @Override
        public Glob convert(String pattern) {
            try {
                return Glob.of(pattern);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("malformed glob: " + e.getMessage());
            }
        }
    }

    /** Bytes: {@code 4096}, {@code 64K}, {@code 200M}, {@code 1G}. */
    static final class ByteSize implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("[0-9]{1,12}[KMGkmg]?")) {
                throw new TypeConversionException(
                        "expected bytes, such as 4096, 64K or 200M, found '" + text + "'");
            }
            String digits = text.replaceAll("[A-Za-z]", "");
            int unit = "KMG".indexOf(text.substring(digits.length()).toUpperCase(Locale.ROOT));
            int shift = digits.length() == text.length() ? 0 : 10 * (unit + 1);
            return Long.parseLong(digits) << shift;
        }
    }
}
