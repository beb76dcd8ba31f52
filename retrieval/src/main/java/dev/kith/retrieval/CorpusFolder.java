package dev.kith.retrieval;

import dev.kith.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The folder of a corpus: whether it is one, and what is wrong with it. */
final class CorpusFolder {
    private CorpusFolder() {}

    /** Refuses a path that is neither missing, nor an empty folder, nor one that holds an index. */
    static void checkWritable(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        try (Stream<Path> files = Files.list(path)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.matches("(write\\.lock|(pending_)?segments_|_).*"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "not a corpus: " + path + " holds " + name);
                    });
        }
    }

    /** The files of a corpus that exists. */
    static Directory existing(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        if (Files.exists(path)) {
            Directory directory = FSDirectory.open(path);
            if (DirectoryReader.indexExists(directory)) {
                return directory;
            }
            directory.close();
        }
        throw new NoSuchFileException(path.toString(), null, "no corpus here");
    }

    /** Damage as Kith names it; any other failure as it is. */
    static IOException typed(IOException e, String path) {
        if (e instanceof CorruptIndexException
                || e instanceof IndexFormatTooNewException
                || e instanceof IndexFormatTooOldException) {
            CorruptFileException typed =
                    new CorruptFileException(path, 0, "a whole corpus", e.toString());
            typed.initCause(e);
            return typed;
        }
        return e;
    }
}
