package dev.kith.retrieval.store;

import dev.kith.retrieval.passages.Siblings;
import dev.kith.text.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One commit of a corpus, as it stands while others write. Its own reads of stored documents are remembered, so use one for
 * one search and on one thread.
 */
public final class Snapshot {
    /**
     * A chunk's place among all: what ties are broken by, whatever segments it lies in.
     *
     * @param ordinal the chunk's number in its document, or {@link #WHOLE} for the document
     */
    public record Place(String documentId, int ordinal) implements Comparable<Place> {
        /** Stands for a document itself. */
        public static final int WHOLE = -1;

        @Override
        public int compareTo(Place that) {
            int byId = documentId.compareTo(that.documentId);
            return byId != 0 ? byId : Integer.compare(ordinal, that.ordinal);
        }
    }

    private final IndexSearcher searcher;
    private final Manifest manifest;
    private final Map<String, Document> documents = new HashMap<>();
    private final Map<String, Siblings> siblings = new HashMap<>();

    /** A view of an acquired searcher, which the caller releases. */
    public Snapshot(IndexSearcher searcher, String path) throws IOException {
        this.searcher = searcher;
        DirectoryReader reader = (DirectoryReader) searcher.getIndexReader();
        this.manifest = Manifest.of(reader.getIndexCommit().getUserData(), path);
    }

    /** The searcher. */
    public IndexSearcher searcher() {
        return searcher;
    }

    /** What the corpus was built with. */
    public Manifest manifest() {
        return manifest;
    }

    /** The number of documents. */
    public int documents() throws IOException {
        return searcher.count(new FieldExistsQuery(Layout.HASH));
    }

    /** The number of chunks. */
    public int chunks() throws IOException {
        return searcher.getIndexReader().numDocs() - documents();
    }

    /** What the ledger knows of a document, or null if there is none. */
    Ledger.@Nullable Entry entry(String id) throws IOException {
        Found source = first(Layout.SOURCE, id);
        if (source == null) {
            return null;
        }
        BinaryDocValues hashes = source.leaf.getBinaryDocValues(Layout.HASH);
        if (hashes == null || !hashes.advanceExact(source.doc)) {
            throw new IllegalStateException("no content hash: " + id);
        }
        return Ledger.Entry.of(hashes.binaryValue().utf8ToString());
    }

    /** The ids of the documents, uncommitted ones included, whose own metadata fulfil a query. */
    public static List<String> documentIds(IndexSearcher searcher, Query query) throws IOException {
        Query sources = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(new FieldExistsQuery(Layout.HASH), Occur.FILTER)
                .build();
        int size = Math.max(1, searcher.getIndexReader().maxDoc());
        int[] docs = Arrays.stream(searcher.search(sources, size, Sort.INDEXORDER).scoreDocs)
                .mapToInt(hit -> hit.doc)
                .toArray();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        List<String> ids = new ArrayList<>(docs.length);
        for (int doc : docs) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
            ids.add(name(names(leaf.reader()), doc - leaf.docBase));
        }
        return ids;
    }

    /** The ids of all documents of a scope. */
    public List<String> ids(String scope) throws IOException {
        List<String> ids = new ArrayList<>();
        for (LeafReaderContext context : searcher.getIndexReader().leaves()) {
            PostingsEnum postings =
                    context.reader().postings(new Term(Layout.SCOPE, scope), PostingsEnum.NONE);
            if (postings != null) {
                SortedDocValues names = names(context.reader());
                Bits live = context.reader().getLiveDocs();
                int doc;
                while ((doc = postings.nextDoc()) != DocIdSetIterator.NO_MORE_DOCS) {
                    if (live == null || live.get(doc)) {
                        ids.add(name(names, doc));
                    }
                }
            }
        }
        return ids;
    }

    /** A document as it was ingested, or null. */
    public @Nullable Document document(String id) throws IOException {
        Document known = documents.get(id);
        if (known != null) {
            return known;
        }
        Found source = first(Layout.SOURCE, id);
        if (source == null) {
            return null;
        }
        BytesRef data = data(source.leaf, source.doc);
        Document document = StoredDocument.of(data.bytes, data.offset, data.length);
        documents.put(id, document);
        return document;
    }

    /** The document of a chunk that was found. */
    public Document existing(String id) throws IOException {
        Document document = document(id);
        if (document == null) {
            throw new IllegalStateException("chunk without a document: " + id);
        }
        return document;
    }

    /** The chunks of a document that exists. */
    public Siblings siblings(String id) throws IOException {
        Siblings known = siblings.get(id);
        if (known != null) {
            return known;
        }
        Found source = first(Layout.SOURCE, id);
        NumericDocValues counts =
                source == null ? null : source.leaf.getNumericDocValues(Layout.CHUNKS);
        if (source == null || counts == null || !counts.advanceExact(source.doc)) {
            throw new IllegalStateException("chunk without a document: " + id);
        }
        int size = (int) counts.longValue();
        Siblings block = new Block(this, source.leaf, id, source.doc - size, size);
        siblings.put(id, block);
        return block;
    }

    /** Whether any document has a summary. */
    public boolean hasSummaries() throws IOException {
        for (LeafReaderContext context : searcher.getIndexReader().leaves()) {
            if (context.reader().terms(Layout.SUMMARY) != null) {
                return true;
            }
        }
        return false;
    }

    /** A document's summary, or null. */
    public @Nullable String summaryText(String id) throws IOException {
        Found source = first(Layout.SOURCE, id);
        return source == null ? null : summaryText(source);
    }

    private static @Nullable String summaryText(Found source) throws IOException {
        return source.leaf
                .storedFields()
                .document(source.doc, Set.of(Layout.SUMMARY_TEXT))
                .get(Layout.SUMMARY_TEXT);
    }

    /** The summary of some document that was made from what has this key, or null. */
    public Layout.@Nullable Summary summary(String key) throws IOException {
        Found source = first(Layout.SUMMARY, key);
        if (source == null) {
            return null;
        }
        String text = summaryText(source);
        if (text == null) {
            throw new IllegalStateException("summary without a text: " + key);
        }
        return new Layout.Summary(key, text, vector(source, Layout.SUMMARY_VECTOR));
    }

    /** The vector of some chunk that was embedded from the text with this key, or null. */
    public float @Nullable [] vector(String key) throws IOException {
        Found chunk = first(Layout.KEY, key);
        if (chunk == null) {
            return null;
        }
        return vector(chunk, Layout.VECTOR);
    }

    /** The vector of a chunk. */
    public float[] vector(int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        return vector(new Found(leaf.reader(), doc - leaf.docBase), Layout.VECTOR);
    }

    private static float[] vector(Found found, String field) throws IOException {
        FloatVectorValues values = found.leaf.getFloatVectorValues(field);
        KnnVectorValues.DocIndexIterator iterator = values == null ? null : values.iterator();
        if (iterator == null || iterator.advance(found.doc) != found.doc) {
            throw new IllegalStateException("no vector: " + field + " of " + found.doc);
        }
        return values.vectorValue(iterator.index()).clone();
    }

    /** What is stored of a chunk. */
    public StoredChunk chunk(int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BytesRef data = data(leaf.reader(), doc - leaf.docBase);
        return StoredChunk.of(data.bytes, data.offset, data.length);
    }

    /** The places of chunks or documents; {@code docs} ascending. */
    public List<Place> places(int[] docs) throws IOException {
        List<Place> places = new ArrayList<>(docs.length);
        int next = 0;
        for (LeafReaderContext context : searcher.getIndexReader().leaves()) {
            LeafReader leaf = context.reader();
            int end = context.docBase + leaf.maxDoc();
            if (next == docs.length || docs[next] >= end) {
                continue;
            }
            SortedDocValues names = names(leaf);
            NumericDocValues ordinals = leaf.getNumericDocValues(Layout.ORDINAL);
            while (next < docs.length && docs[next] < end) {
                int doc = docs[next++] - context.docBase;
                boolean chunk = ordinals != null && ordinals.advanceExact(doc);
                places.add(new Place(
                        name(names, doc), chunk ? (int) ordinals.longValue() : Place.WHOLE));
            }
        }
        return places;
    }

    /** The id of the document that a Lucene document belongs to. */
    static String name(SortedDocValues names, int doc) throws IOException {
        if (!names.advanceExact(doc)) {
            throw new IllegalStateException("belongs to no document: " + doc);
        }
        return names.lookupOrd(names.ordValue()).utf8ToString();
    }

    static SortedDocValues names(LeafReader leaf) throws IOException {
        return DocValues.getSorted(leaf, Layout.DOC);
    }

    static BytesRef data(LeafReader leaf, int doc) throws IOException {
        BytesRef data =
                leaf.storedFields().document(doc, Set.of(Layout.DATA)).getBinaryValue(Layout.DATA);
        if (data == null) {
            throw new IllegalStateException("nothing stored: " + doc);
        }
        return data;
    }

    private record Found(LeafReader leaf, int doc) {}

    private @Nullable Found first(String field, String term) throws IOException {
        BytesRef bytes = new BytesRef(term);
        for (LeafReaderContext context : searcher.getIndexReader().leaves()) {
            LeafReader leaf = context.reader();
            var terms = leaf.terms(field);
            if (terms == null) {
                continue;
            }
            TermsEnum entries = terms.iterator();
            if (entries.seekExact(bytes)) {
                PostingsEnum postings = entries.postings(null, PostingsEnum.NONE);
                Bits live = leaf.getLiveDocs();
                int doc;
                while ((doc = postings.nextDoc()) != DocIdSetIterator.NO_MORE_DOCS) {
                    if (live == null || live.get(doc)) {
                        return new Found(leaf, doc);
                    }
                }
            }
        }
        return null;
    }
}
