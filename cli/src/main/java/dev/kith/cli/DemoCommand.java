package dev.kith.cli;

import dev.kith.cli.folder.Folder;
import dev.kith.cli.folder.Selection;
import dev.kith.cli.folder.Selection.Glob;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.CorpusLockedException;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.Results;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what Kith does on something real: its own documentation. */
@Command(
        name = "demo",
        description = {
            "Index Kith's own documentation and ask it three questions.",
            "The corpus stays in the checkout's .kith/demo; the next run embeds only what changed."
        },
        footerHeading = "%nExample:%n",
        footer = "  kith demo")
final class DemoCommand implements Callable<Integer> {
    private static final String DOCUMENTATION = "{README.md,ARCHITECTURE.md,docs/**.md}";
    private static final List<String> QUESTIONS = List.of(
            "Why does Kith store its documents in Lucene?",
            "What is lost when the process is killed in the middle of an ingest?",
            "How do I measure recall and queries per second of an index?");
    private static final int HITS = 3;
    private static final int LINES = 6;
    private static final long MAX_BYTES = 1 << 24;

    private final Terminal terminal;

    @Option(
            names = "--home",
            hidden = true,
            defaultValue = "${sys:kith.home}",
            description = "The checkout.")
    private Path home;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Selection documentation = new Selection(List.of(Glob.of(DOCUMENTATION)), List.of());
        Folder folder = new Folder(home, documentation, false, null);
        Path path = folder.root().resolve(".kith").resolve("demo");
        long start = System.nanoTime();
        try (Embedder embedder = new CorpusOptions().embedder()) {
            say("model   all-MiniLM-L6-v2 (int8), " + embedder.dimension()
                    + " components, loaded in " + Text.duration(System.nanoTime() - start));
            try (Corpus corpus = open(path, CorpusOptions.config(embedder))) {
                index(folder, corpus);
                for (String question : QUESTIONS) {
                    ask(corpus, question);
                }
            }
        }
        say("");
        say("Ask your own:  ./kith search .kith/demo \"...\"");
        return 0;
    }

    /** Opens the corpus of an earlier run; one that this version cannot go on with is only a cache, and made anew. */
    private static Corpus open(Path path, CorpusConfig config) throws IOException {
        Files.createDirectories(path.getParent());
        try {
            return Corpus.open(path, config);
        } catch (CorpusLockedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            delete(path);
            return Corpus.open(path, config);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void index(Folder folder, Corpus corpus) throws IOException, InterruptedException {
        long start = System.nanoTime();
        FolderIngest.Outcome outcome;
        try (ProgressBar progress = new ProgressBar(terminal)) {
            outcome = new FolderIngest(corpus, folder, MAX_BYTES).run(progress);
        }
        Corpus.Stats stats = corpus.stats();
        say("corpus  " + Text.count(stats.documents(), "file") + " of " + folder.root() + ", "
                + Text.count(stats.chunks(), "passage"));
        say("        " + IndexCommand.summary(outcome.report()) + " in "
                + Text.duration(System.nanoTime() - start));
    }

    private void ask(Corpus corpus, String question) throws IOException, InterruptedException {
        Results results = corpus.search(Query.of(question).topK(HITS));
        say("");
        say(terminal.bold("? " + question));
        say("  " + HitPrinter.timings(results.timings()));
        say("");
        new HitPrinter(terminal, LINES).print(results.hits());
    }

    private void say(String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }
}
