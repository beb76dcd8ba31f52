package dev.kith.cli;

import dev.kith.VectorIndex;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.VerifyReport;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads everything and checks every checksum. */
@Command(
        name = "verify",
        description = {
            "Read an index file or a corpus whole and check every checksum and invariant.",
            "Damage is printed on standard error and ends with status 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kith verify words.kith", "  kith verify ./kb && cp -r ./kb /backup/"})
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "An index file, or a corpus.")
    private Path file;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        return Files.isDirectory(file) ? verifyCorpus() : verifyIndex();
    }

    private int verifyCorpus() throws IOException {
        VerifyReport report = Corpus.verify(file);
        for (String problem : report.problems()) {
            terminal.warn(file + ": " + problem);
        }
        if (!report.isClean()) {
            return 1;
        }
        terminal.out()
                .println(file + ": ok, " + Text.count(report.documents(), "document") + ", "
                        + Text.count(report.chunks(), "passage"));
        return 0;
    }

    private int verifyIndex() throws IOException {
        List<Section> sections = IndexImage.verify(file);
        // Equal checksums prove that the bytes are those that were written; opening, that they make
        // sense.
        VectorIndex.load(file).close();
        terminal.out()
                .println(file + ": ok, " + Text.count(sections.size(), "section") + ", "
                        + Text.number(Files.size(file)) + " bytes");
        return 0;
    }
}
