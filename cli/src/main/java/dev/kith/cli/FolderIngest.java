package dev.kith.cli;

import dev.kith.Progress;
import dev.kith.cli.folder.Folder;
import dev.kith.cli.folder.Folder.Listing;
import dev.kith.cli.folder.Folder.Skipped;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.IngestOptions;
import dev.kith.retrieval.IngestReport;
import dev.kith.text.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a corpus holds of a folder equal to the folder: new and changed files come in, vanished ones go. A file that is
 * there but cannot be read is skipped and keeps its last version in the corpus, if it has one. Files are read one at a time.
 */
final class FolderIngest {
    private final Corpus corpus;
    private final Folder folder;
    private final long maxBytes;
    private final List<Skipped> skipped = new ArrayList<>();

    FolderIngest(Corpus corpus, Folder folder, long maxBytes) {
        this.corpus = corpus;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** What came of it: the skipped files never reached the ingest that the report is about. */
    record Outcome(IngestReport report, List<Skipped> skipped) {
        boolean complete() {
            return skipped.isEmpty() && report.failures().isEmpty();
        }
    }

    Outcome run(Progress progress) throws IOException, InterruptedException {
        Listing listing = folder.list();
        skipped.addAll(listing.skipped());
        progress.update("ingest", 0, listing.files().size());
        Stream<Document> documents =
                listing.files().stream().map(this::document).filter(Objects::nonNull);
        try {
            IngestReport report = corpus.ingest(
                    documents,
                    IngestOptions.sync(folder.root().toString())
                            .withProgress(progress, listing.files().size()));
            return new Outcome(report, List.copyOf(skipped));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNullElse(e.getCause(), new IOException(e));
        }
    }

    /** The file as a document, its last version if it cannot be read, or null if there is neither. */
    private @Nullable Document document(Path file) {
        String id = folder.id(file);
        try {
            Document before = corpus.document(id);
            Object from = before == null
                    ? folder.root().toString()
                    : before.metadata().get(Folder.FOLDER_FIELD);
            if (!folder.root().toString().equals(from)) {
                skip(
                        id,
                        new FileSystemException(
                                id, null, "the corpus has a file of that name" + " from " + from));
                return null;
            }
            return read(file, id, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the corpus failed, not the file
        }
    }

    private @Nullable Document read(Path file, String id, @Nullable Document before) {
        try {
            return folder.read(file, maxBytes);
        } catch (IOException e) {
            skip(id, e);
            return before;
        }
    }

    private void skip(String id, IOException cause) {
        skipped.add(new Skipped(id, cause));
    }
}
