package dev.kith.retrieval;

import dev.kith.CorruptFileException;
import dev.kith.retrieval.filter.FieldType;
import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.store.Check;
import dev.kith.retrieval.store.Manifest;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A durable collection of documents that can be searched by meaning and by words.
 *
 * <p><b>Durability.</b> Changes become durable and visible together, at a commit: text, metadata, terms and vectors of every
 * document are in it or none is. {@link #ingest} commits at its end and now and then before; deletions wait for
 * {@link #commit}. {@link #close} gives up what is not committed. After a crash the corpus is as at its last commit.
 *
 * <p><b>Threads.</b> Safe for any number. Searches see the last commit, whole, and wait for nobody; changes wait for each
 * other. One corpus at a time has a path open for writing, in all processes; any number may read it.
 *
 * <p><b>Interrupts.</b> An interrupted search or ingest throws {@link InterruptedException}. An interrupt that hits a thread
 * in the middle of writing a file may cost the writer: the corpus then refuses changes until it is opened anew, at its last
 * commit.
 */
public final class Corpus implements AutoCloseable {
    /**
     * How large a corpus is.
     *
     * @param documents how many documents
     * @param chunks how many chunks
     * @param fields the metadata fields and their types
     */
    public record Stats(int documents, int chunks, SortedMap<String, FieldType> fields) {}

    private final String path;
    private final Directory directory;
    private final CorpusConfig config;
    private final Analyzer analyzer;
    private final @Nullable CorpusWriter writer;
    private final Snapshots snapshots;
    private final ReentrantLock writing = new ReentrantLock();

    private Corpus(
            String path,
            Directory directory,
            CorpusConfig config,
            Analyzer analyzer,
            boolean writable)
            throws IOException {
        this.path = path;
        this.directory = directory;
        this.config = config;
        this.analyzer = analyzer;
        if (writable) {
            writer = CorpusWriter.open(directory, config, analyzer, path);
            snapshots = writer.snapshots();
        } else {
            writer = null;
            snapshots = new Snapshots(directory, config.bm25(), path);
            checkIdentity();
        }
    }

    private void checkIdentity() throws IOException {
        try {
            Manifest manifest = snapshots.read(Snapshot::manifest);
            manifest.checkOpenedWith(CorpusWriter.manifest(config), path);
        } catch (IOException | RuntimeException e) {
            snapshots.close();
            throw e;
        }
    }

    /**
     * Opens a corpus for reading and writing; makes one if the folder is missing or empty.
     *
     * @throws CorpusLockedException if it is open for writing already, here or in another process
     * @throws NotDirectoryException if the path is a file
     * @throws IllegalArgumentException if the folder holds something else, or the corpus was built with another embedder,
     *     dimension, metric or analysis; names both
     * @throws CorruptFileException if it is damaged
     * @throws dev.kith.FormatTooNewException if a later Kith wrote it
     */
    public static Corpus open(Path path, CorpusConfig config) throws IOException {
        CorpusFolder.checkWritable(path);
        Files.createDirectories(path);
        return open(path.toString(), FSDirectory.open(path), config, true);
    }

    /**
     * Opens a corpus for reading, also while another one writes it. Sees the last commit at the time; see {@link #refresh}.
     *
     * @throws NoSuchFileException if there is no corpus
     * @throws NotDirectoryException if the path is a file
     * @throws IllegalArgumentException as {@link #open}
     * @throws CorruptFileException if it is damaged
     */
    public static Corpus openReadOnly(Path path, CorpusConfig config) throws IOException {
        return open(path.toString(), CorpusFolder.existing(path), config, false);
    }

    /** A corpus that is gone when it is closed. */
    public static Corpus inMemory(CorpusConfig config) throws IOException {
        return open("in memory", new ByteBuffersDirectory(), config, true);
    }

    /**
     * Checks every file of a corpus against its checksums, and that documents, chunks, spans and vectors agree. Reads all of
     * it, needs no models, and nobody may have the corpus open for writing meanwhile.
     *
     * @throws CorpusLockedException if somebody has
     * @throws NoSuchFileException if there is no corpus
     * @throws NotDirectoryException if the path is a file
     */
    public static VerifyReport verify(Path path) throws IOException {
        try (Directory directory = CorpusFolder.existing(path)) {
            Check check = new Check(directory, path.toString());
            check.run();
            return new VerifyReport(check.documents(), check.chunks(), check.problems());
        } catch (LockObtainFailedException e) {
            throw new CorpusLockedException(path.toString(), e);
        }
    }

    /**
     * Says what a corpus is, as of its last commit; needs no models and takes no lock.
     *
     * @throws NoSuchFileException if there is no corpus
     * @throws NotDirectoryException if the path is a file
     * @throws CorruptFileException if it is damaged
     */
    public static CorpusDescription describe(Path path) throws IOException {
        try (Directory directory = CorpusFolder.existing(path)) {
            return CorpusDescription.of(directory, path.toString());
        } catch (IOException e) {
            throw CorpusFolder.typed(e, path.toString());
        }
    }

    private static Corpus open(
            String path, Directory directory, CorpusConfig config, boolean writable)
            throws IOException {
        Analyzer analyzer = config.analysis().analyzer();
        try {
            return new Corpus(path, directory, config, analyzer, writable);
        } catch (IOException e) {
            analyzer.close();
            directory.close();
            throw CorpusFolder.typed(e, path);
        } catch (RuntimeException e) {
            analyzer.close();
            directory.close();
            throw e;
        }
    }

    /** Ingests documents with {@link IngestOptions#defaults}. */
    public IngestReport ingest(Iterable<Document> documents)
            throws IOException, InterruptedException {
        return ingest(documents, IngestOptions.defaults());
    }

    /** Ingests and closes a stream of documents. */
    public IngestReport ingest(Stream<Document> documents, IngestOptions options)
            throws IOException, InterruptedException {
        try (documents) {
            return ingest(documents.iterator(), options);
        }
    }

    /**
     * Brings documents in. One whose id, text, format, metadata and scope are as before, under the same chunker, is left
     * alone after hashing. Of a changed one, chunks whose text is known already keep their vectors. Documents are read one by
     * one and worked on in batches of bounded size.
     *
     * <p>A document that is refused (a field of another type, a vector that is not finite, a text the embedder rejects) is
     * reported, the others go on. If this throws, what came since the last commit stays uncommitted.
     *
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the corpus is closed or read-only
     */
    public IngestReport ingest(Iterable<Document> documents, IngestOptions options)
            throws IOException, InterruptedException {
        return ingest(documents.iterator(), options);
    }

    private IngestReport ingest(Iterator<Document> documents, IngestOptions options)
            throws IOException, InterruptedException {
        return write(writer -> {
            try (Ingest ingest = new Ingest(writer, config, options)) {
                return ingest.run(documents);
            }
        });
    }

    /**
     * Removes a document, from the next commit on.
     *
     * @return whether there was one
     * @throws IllegalStateException if the corpus is closed or read-only
     */
    public boolean delete(String documentId) throws IOException {
        return write(writer -> writer.delete(documentId));
    }

    /**
     * Removes the documents whose own metadata fulfil a filter, from the next commit on; uncommitted ones too.
     *
     * @return how many
     * @throws IllegalArgumentException if the filter names an unknown field or compares it with another type
     * @throws IllegalStateException if the corpus is closed or read-only
     */
    public int delete(Filter filter) throws IOException {
        return write(writer -> writer.delete(filter));
    }

    /**
     * Makes all changes durable, then visible to searches.
     *
     * @throws IllegalStateException if the corpus is closed or read-only
     */
    public void commit() throws IOException {
        write(writer -> {
            writer.commit();
            return true;
        });
    }

    /** Sees what another process has committed since; a corpus sees its own commits by itself. */
    public void refresh() throws IOException {
        snapshots.refresh();
    }

    /**
     * Searches the last commit. The empty corpus has no hits.
     *
     * @throws IllegalArgumentException if the filter names an unknown field or compares it with another type, or reranking is
     *     asked for and there is no reranker
     * @throws dev.kith.retrieval.steps.QueryStepException if a step of the query fails that was told not to be passed over
     * @throws InterruptedException if the calling thread is interrupted while a model or a step runs
     * @throws IllegalStateException if the corpus is closed
     */
    public Results search(Query query) throws IOException, InterruptedException {
        return snapshots.<Results, InterruptedException>read(
                snapshot -> new Search(snapshot, config, query, analyzer).run());
    }

    /**
     * Searches as {@link #search} and says what each hit's score is made of. Takes about twice as long.
     *
     * @throws IllegalArgumentException as {@link #search}, or if the query became several by its steps or chooses documents
     *     first
     * @throws InterruptedException if the calling thread is interrupted while a model runs
     * @throws IllegalStateException if the corpus is closed
     */
    public Explained explain(Query query) throws IOException, InterruptedException {
        return snapshots.<Explained, InterruptedException>read(
                snapshot -> new Explainer(snapshot, config, query, analyzer).run());
    }

    /**
     * Says why a document is not among a query's hits. Compares the question with every passage that the filter allows, so it
     * takes as long as a search without an index.
     *
     * @throws IllegalArgumentException as {@link #explain}
     * @throws InterruptedException if the calling thread is interrupted while a model runs
     * @throws IllegalStateException if the corpus is closed
     */
    public WhyNot whyNot(Query query, String documentId) throws IOException, InterruptedException {
        return snapshots.<WhyNot, InterruptedException>read(
                snapshot -> new Diagnosis(snapshot, config, query, documentId, analyzer).run());
    }

    /** A document as it was ingested, or null if there is none. */
    public @Nullable Document document(String documentId) throws IOException {
        return snapshots.<@Nullable Document, RuntimeException>read(
                snapshot -> snapshot.document(documentId));
    }

    /** The summary by which a document can be chosen, or null if there is none; see {@link Summaries}. */
    public @Nullable String summary(String documentId) throws IOException {
        return snapshots.<@Nullable String, RuntimeException>read(
                snapshot -> snapshot.summaryText(documentId));
    }

    /** How large the last commit is. */
    public Stats stats() throws IOException {
        return snapshots.read(snapshot -> new Stats(
                snapshot.documents(),
                snapshot.chunks(),
                snapshot.manifest().schema().fields()));
    }

    /** What the corpus was opened with. */
    public CorpusConfig config() {
        return config;
    }

    private interface Writing<T, E extends Exception> {
        T write(CorpusWriter writer) throws IOException, E;
    }

    private <T, E extends Exception> T write(Writing<T, E> change) throws IOException, E {
        if (writer == null) {
            throw new IllegalStateException("corpus is open read-only: " + path);
        }
        writing.lock();
        try {
            return change.write(writer);
        } catch (AlreadyClosedException e) {
            throw new IllegalStateException(
                    "corpus is closed, or lost its writer to an earlier error: " + path, e);
        } finally {
            writing.unlock();
        }
    }

    /** Ends changes and searches; gives up what is not committed. Waits for changes under way. Closing twice is harmless. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try (directory;
                analyzer;
                snapshots) {
            if (writer != null) {
                writer.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
