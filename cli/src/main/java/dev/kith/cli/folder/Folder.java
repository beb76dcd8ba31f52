package dev.kith.cli.folder;

import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of text files. A file's document has as id its path relative to the folder, with {@code /} between names on
 * every platform, and as metadata {@code path}, {@code folder}, {@code extension}, {@code title}, {@code modified} and
 * {@code size}.
 *
 * <p>Hidden folders, build output ({@link BuildOutput}) and symbolic links are passed over; links can be followed, and then
 * a loop is reported and left.
 */
public final class Folder {
    /** The metadata field that names the folder a document came from. */
    public static final String FOLDER_FIELD = "folder";

    private final Path root;
    private final Selection selection;
    private final boolean followsLinks;
    private final @Nullable Path corpus;

    /**
     * @param folder the folder
     * @param selection which files are taken
     * @param followsLinks whether to go through symbolic links
     * @param corpus a folder that is passed over: the one that is being written; or null
     * @throws IOException if the folder is not there, not a folder or cannot be read
     */
    public Folder(Path folder, Selection selection, boolean followsLinks, @Nullable Path corpus)
            throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new java.nio.file.NotDirectoryException(folder.toString());
        }
        this.root = folder.toRealPath();
        this.selection = selection;
        this.followsLinks = followsLinks;
        this.corpus = corpus == null || !Files.exists(corpus) ? null : corpus.toRealPath();
    }

    /** The folder's absolute path, with no links in it. */
    public Path root() {
        return root;
    }

    /** A file that is there but cannot be taken, and why. */
    public record Skipped(String id, IOException cause) {}

    /** The files found, in the order of their ids, and what could not be looked into. */
    public record Listing(List<Path> files, List<Skipped> skipped) {}

    /** Walks through the folder. */
    public Listing list() throws IOException {
        Listing listing = new Listing(new ArrayList<>(), new ArrayList<>());
        Set<FileVisitOption> options = followsLinks
                ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
                : EnumSet.noneOf(FileVisitOption.class);
        Files.walkFileTree(root, options, Integer.MAX_VALUE, new Walk(listing));
        listing.files().sort(Comparator.comparing(this::id));
        return listing;
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final Listing listing;

        Walk(Listing listing) {
            this.listing = listing;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            boolean passedOver = folder.getFileName().toString().startsWith(".")
                    || folder.equals(corpus)
                    || BuildOutput.is(folder)
                    || selection.excludes(root.relativize(folder));
            return passedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && selection.takes(root.relativize(file))) {
                listing.files().add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(root)) {
                throw cause;
            }
            listing.skipped().add(new Skipped(id(file), cause));
            return FileVisitResult.CONTINUE;
        }
    }

    /** A file's document id. */
    public String id(Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /**
     * A file as a document.
     *
     * @param maxBytes larger files are refused
     * @throws IOException if it cannot be read, is too large, binary or not UTF-8; the message says where
     */
    public Document read(Path file, long maxBytes) throws IOException {
        String id = id(file);
        FileTime modified = Files.getLastModifiedTime(file);
        String text = TextFile.read(file, maxBytes);
        String extension = Selection.extension(file);
        Format format = Selection.formatOf(extension);
        Metadata metadata = Metadata.empty()
                .with("path", id)
                .with(FOLDER_FIELD, root.toString())
                .with("extension", extension)
                .with("title", Titles.of(text, format, file.getFileName().toString()))
                .with("modified", Instant.ofEpochMilli(modified.toMillis()))
                .with("size", Files.size(file));
        return new Document(id, text, format, metadata);
    }
}
