package dev.kith;

import dev.kith.spi.IndexImage;
import dev.kith.spi.Workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors that can be searched. Immutable, and safe for any number of threads.
 *
 * <p>An index is always the image of a file, in heap memory or mapped: what {@link #build} makes in memory is byte for
 * byte what {@link #save} writes and {@link #open} maps.
 */
public interface VectorIndex extends AutoCloseable {
    /** The number of rows. */
    int size();

    /** The number of components of each row. */
    int dimension();

    /** How rows are compared. */
    Metric metric();

    /** What the index was built from. */
    IndexSpec spec();

    /** The rows, decoded to float32: exact where the index keeps exact rows. */
    Vectors vectors();

    /** The image behind the index. */
    IndexImage image();

    /** New scratch for one thread. */
    Searcher searcher();

    /** Searches once; the same as {@code searcher().search(request)}, but the scratch is kept and used again. */
    SearchResult search(SearchRequest request);

    /**
     * Answers many requests, in parallel over the requests.
     *
     * @param threads how many threads to use, at least 1
     * @return one result per request, in order
     * @throws InterruptedException if the calling thread is interrupted; no result is lost silently: none is returned
     */
    default List<SearchResult> search(List<SearchRequest> requests, int threads)
            throws InterruptedException {
        SearchResult[] results = new SearchResult[requests.size()];
        Workers.run(threads, results.length, () -> {
            Searcher searcher = searcher();
            return i -> results[i] = searcher.search(requests.get(i));
        });
        return Arrays.asList(results);
    }

    /**
     * Writes the index to a file, all or nothing: it is written beside the target, forced to the disk and renamed.
     *
     * @throws IOException if it cannot be written; the old file, if any, is then unharmed
     */
    default void save(Path file) throws IOException {
        image().save(file);
    }

    /**
     * Releases the mapping, if any; heap memory goes with the last reference to the index. Searches that follow throw
     * {@link IllegalStateException}.
     *
     * <p>In the heap, a search that is under way ends as ever. An index in a mapped file is closed when nobody searches it
     * any more: otherwise that search throws {@link IllegalStateException}, its thread may be left interrupted, and with
     * JDK 25 a crash cannot be ruled out, because this is how a shared arena is closed (JDK-8364167).
     */
    @Override
    void close();

    /**
     * Builds an index in memory.
     *
     * @throws IllegalArgumentException if a row is not finite, or zero under cosine
     * @throws InterruptedException if the calling thread is interrupted
     */
    static VectorIndex build(Vectors rows, IndexSpec spec, BuildContext context)
            throws InterruptedException {
        IndexFamily family = IndexFamily.named(spec.family());
        try {
            return family.open(family.build(rows, spec, context));
        } catch (IOException e) {
            throw new IllegalStateException("an image in memory cannot fail to be read", e);
        }
    }

    /**
     * Maps a file: instant, backed by the page cache. Header, footer, section table and lengths are checked; the bulk is
     * not, see {@link IndexImage#verify}.
     *
     * @throws CorruptFileException if the file is foreign, truncated or damaged
     * @throws FormatTooNewException if a newer version wrote it
     */
    static VectorIndex open(Path file) throws IOException {
        return open(IndexImage.open(file, Residency.MAPPED));
    }

    /**
     * Reads a file into heap memory and checks every checksum: no search waits for the disk.
     *
     * @throws CorruptFileException if the file is foreign, truncated or damaged
     * @throws FormatTooNewException if a newer version wrote it
     */
    static VectorIndex load(Path file) throws IOException {
        return open(IndexImage.open(file, Residency.HEAP));
    }

    /** The index in an image, which it then owns and closes; the image is closed as well if it cannot be opened. */
    static VectorIndex open(IndexImage image) throws IOException {
        try {
            return IndexFamily.tagged(image.family(), image.name()).open(image);
        } catch (Throwable e) {
            // Errors too: who has no memory to load a file may open it after all.
            image.close();
            throw e;
        }
    }
}
