package dev.kith.cli;

import dev.kith.IndexFamily;
import dev.kith.Residency;
import dev.kith.VectorIndex;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusDescription;
import dev.kith.spi.IndexImage;
import dev.kith.spi.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what an index file or a corpus is, from its small parts: instant, however large it is. */
@Command(
        name = "inspect",
        description = "Say what is in an index file or a corpus, without reading it whole.",
        footerHeading = "%nExamples:%n",
        footer = {"  kith inspect words.kith", "  kith inspect ./kb"})
final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "An index file, or a corpus.")
    private Path file;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(file)) {
            inspectCorpus(Corpus.describe(file));
        } else {
            inspectIndex();
        }
        return 0;
    }

    private void inspectCorpus(CorpusDescription corpus) {
        PrintWriter out = terminal.out();
        new Table("ll")
                .row("corpus", file.toString())
                .row("documents", Text.number(corpus.documents()))
                .row("passages", Text.number(corpus.chunks()))
                .row("embedder", corpus.embedder())
                .row("vectors", corpus.dimension() + " components, " + corpus.metric())
                .row("analysis", corpus.analysis())
                .print(out, "");
        out.println("fields");
        Table fields = new Table("ll");
        corpus.fields().forEach((name, type) -> fields.row(name, type.toString()));
        fields.print(out, "  ");
        out.println("segments");
        Table segments = new Table("lrrr").row("name", "entries", "deleted", "bytes");
        for (CorpusDescription.Segment segment : corpus.segments()) {
            segments.row(
                    segment.name(),
                    Text.number(segment.entries()),
                    Text.number(segment.deleted()),
                    Text.number(segment.bytes()));
        }
        segments.print(out, "  ");
    }

    private void inspectIndex() throws IOException {
        try (IndexImage image = IndexImage.open(file, Residency.MAPPED)) {
            PrintWriter out = terminal.out();
            IndexFamily family = IndexFamily.tagged(image.family(), image.name());
            new Table("ll")
                    .row("file", file.toString())
                    .row("family", family.name() + " (" + image.family() + ")")
                    .row("version", Integer.toString(image.version()))
                    .row("size", Text.number(Files.size(file)) + " bytes")
                    .print(out, "");
            out.println("parameters");
            Table parameters = new Table("ll");
            image.parameters().forEach(parameters::row);
            parameters.print(out, "  ");
            out.println("sections");
            Table sections = new Table("rrrl").row("id", "offset", "bytes", "CRC-32C");
            for (Section section : image.sections()) {
                sections.row(
                        Integer.toString(section.id()),
                        Text.number(section.offset()),
                        Text.number(section.length()),
                        "%08x".formatted(section.checksum()));
            }
            sections.print(out, "  ");
            out.println("memory");
            new Table("lrl")
                    .row("heap", Text.bytes(image.bytes()), "of Java heap after load")
                    .row("mapped", Text.bytes(Files.size(file)), "of page cache at most after open")
                    .print(out, "  ");
        }
        // Opening reads the family's own small parts too, and refuses what contradicts itself.
        VectorIndex.open(file).close();
    }
}
