package dev.kith.retrieval.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;

/** Checks a corpus: first Lucene's files, then that each block is a whole document. */
public final class Check {
    private static final int MAX_PROBLEMS = 100;

    private final Directory directory;
    private final String path;
    private final List<String> problems = new ArrayList<>();
    private long documents;
    private long chunks;

    /** A check of the corpus in a directory. */
    public Check(Directory directory, String path) {
        this.directory = directory;
        this.path = path;
    }

    /** How many documents were seen. */
    public long documents() {
        return documents;
    }

    /** How many chunks were seen. */
    public long chunks() {
        return chunks;
    }

    /** What is wrong, a sentence each; at most the first hundred. */
    public List<String> problems() {
        return problems;
    }

    /** Checks; fails only if the check itself cannot be made. */
    public void run() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (CheckIndex checker = new CheckIndex(directory)) {
            checker.setInfoStream(new PrintStream(log, true, UTF_8));
            checker.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
            CheckIndex.Status status = checker.checkIndex();
            if (!status.clean) {
                log.toString(UTF_8)
                        .lines()
                        .filter(line -> line.contains("Exception")
                                || line.contains("FAILED")
                                || line.contains("ERROR"))
                        .forEach(line -> problem(line.strip()));
                if (problems.isEmpty()) {
                    problem("Lucene's check failed: " + log.toString(UTF_8));
                }
                return;
            }
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Snapshot snapshot = new Snapshot(new IndexSearcher(reader), path);
            for (LeafReaderContext leaf : reader.leaves()) {
                check(leaf.reader(), snapshot.manifest().dimension());
            }
        }
    }

    private void check(LeafReader leaf, int dimension) throws IOException {
        SortedDocValues names = DocValues.getSorted(leaf, Layout.DOC);
        NumericDocValues ordinals = DocValues.getNumeric(leaf, Layout.ORDINAL);
        NumericDocValues counts = DocValues.getNumeric(leaf, Layout.CHUNKS);
        FloatVectorValues vectors = leaf.getFloatVectorValues(Layout.VECTOR);
        KnnVectorValues.DocIndexIterator withVector = vectors == null ? null : vectors.iterator();
        FloatVectorValues summaries = leaf.getFloatVectorValues(Layout.SUMMARY_VECTOR);
        KnnVectorValues.DocIndexIterator withSummary =
                summaries == null ? null : summaries.iterator();
        Bits live = leaf.getLiveDocs();
        List<StoredChunk> block = new ArrayList<>();
        String owner = "";
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
            if (live != null && !live.get(doc)) {
                continue;
            }
            String name = Snapshot.name(names, doc);
            if (!block.isEmpty() && !name.equals(owner)) {
                problem("document " + owner + " has chunks and no source");
                block.clear();
            }
            owner = name;
            var data = Snapshot.data(leaf, doc);
            if (ordinals.advanceExact(doc)) {
                if (ordinals.longValue() != block.size()) {
                    problem("document " + name + ": expected chunk " + block.size() + ", found "
                            + ordinals.longValue());
                }
                block.add(StoredChunk.of(data.bytes, data.offset, data.length));
                if (withVector == null || withVector.advance(doc) != doc) {
                    problem("document " + name + ": no vector for chunk " + ordinals.longValue());
                } else if (vectors.dimension() != dimension) {
                    problem("document " + name + ": expected dimension " + dimension + ", found "
                            + vectors.dimension());
                }
            } else {
                long expected = counts.advanceExact(doc) ? counts.longValue() : -1;
                check(StoredDocument.of(data.bytes, data.offset, data.length), block, expected);
                boolean summary = leaf.storedFields()
                                .document(doc, Set.of(Layout.SUMMARY_TEXT))
                                .get(Layout.SUMMARY_TEXT)
                        != null;
                if (withSummary != null && withSummary.docID() < doc) {
                    withSummary.advance(doc);
                }
                boolean vector = withSummary != null && withSummary.docID() == doc;
                if (summary != vector) {
                    problem("document " + name + ": a summary "
                            + (summary ? "without" : "and no text for its") + " vector");
                }
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            problem("document " + owner + " has chunks and no source");
        }
    }

    private void check(Document document, List<StoredChunk> block, long expected) {
        documents++;
        chunks += block.size();
        if (block.size() != expected) {
            problem("document " + document.id() + ": expected " + expected + " chunks, found "
                    + block.size());
        }
        for (StoredChunk chunk : block) {
            if (chunk.span().end() > document.text().length() || chunk.span().length() == 0) {
                problem("document " + document.id() + ": " + chunk.span() + " is no passage of "
                        + document.text().length() + " characters");
            }
        }
    }

    private void problem(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }
}
