package dev.kith.retrieval;

import dev.kith.retrieval.filter.FieldType;
import dev.kith.retrieval.store.Manifest;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;

/**
 * What a corpus is, told without the models it was made with.
 *
 * @param documents how many documents
 * @param chunks how many chunks
 * @param embedder the identity of the embedder that it was made with
 * @param dimension the number of components of its vectors
 * @param metric how vectors are compared
 * @param analysis how text becomes terms
 * @param fields the metadata fields and their types
 * @param segments the immutable parts that it consists of
 */
public record CorpusDescription(
        int documents,
        int chunks,
        String embedder,
        int dimension,
        String metric,
        String analysis,
        SortedMap<String, FieldType> fields,
        List<Segment> segments) {
    /**
     * A part, written by one flush or merge.
     *
     * @param name what its files' names begin with
     * @param entries Lucene's documents in it, live ones: chunks, and one for each document
     * @param deleted entries that a later commit replaced or removed; a merge drops them
     * @param bytes the size of its files
     */
    public record Segment(String name, int entries, int deleted, long bytes) {}

    /** Copies the segments. */
    public CorpusDescription {
        segments = List.copyOf(segments);
    }

    static CorpusDescription of(Directory directory, String path) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Snapshot snapshot = new Snapshot(new IndexSearcher(reader), path);
            Manifest manifest = snapshot.manifest();
            List<Segment> segments = new ArrayList<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                SegmentReader segment = (SegmentReader) leaf.reader();
                SegmentCommitInfo info = segment.getSegmentInfo();
                segments.add(new Segment(
                        segment.getSegmentName(),
                        segment.numDocs(),
                        segment.numDeletedDocs(),
                        info.sizeInBytes()));
            }
            return new CorpusDescription(
                    snapshot.documents(),
                    snapshot.chunks(),
                    manifest.embedder(),
                    manifest.dimension(),
                    manifest.metric(),
                    manifest.analysis(),
                    manifest.schema().fields(),
                    segments);
        }
    }
}
