package dev.kith.retrieval.store;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Chunk;
import dev.kith.text.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.search.join.ScoreMode;
import org.apache.lucene.search.join.ToParentBlockJoinQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The Lucene documents of one document: a block of its chunks in order, and behind them the source, which holds the text
 * once. Lucene replaces a block as a whole or not at all.
 *
 * <pre>
 * every one of them   #doc       the document's id                                 the key of replacement and deletion
 *                     #has       names of the metadata fields it has
 *                     m.NAME     their values
 * a chunk             #ordinal   its number in the document
 *                     #text      what BM25 searches: the text that is embedded
 *                     #title     its document's title, if any, as a field of its own for BM25
 *                     #headings  the titles of the sections around it, likewise
 *                     #vector    its embedding
 *                     #key       hash of the text that was embedded                 finds vectors to use again
 *                     #data      StoredChunk
 * the source          #source    the document's id
 *                     #scope     the scope of the ingest it came with
 *                     #hash      content hash, scope                                the ledger
 *                     #chunks    how many
 *                     #data      StoredDocument
 * if it has a summary #summary        hash of what the summary was made from       finds summaries to use again
 *                     #summary.text   what BM25 searches to choose documents; stored
 *                     #summary.vector its embedding
 * </pre>
 */
public final class Layout {
    public static final String DOC = "#doc";
    public static final String HAS = "#has";
    public static final String ORDINAL = "#ordinal";
    public static final String TEXT = "#text";
    public static final String TITLE = "#title";
    public static final String HEADINGS = "#headings";
    public static final String VECTOR = "#vector";
    public static final String KEY = "#key";
    public static final String DATA = "#data";
    public static final String SOURCE = "#source";
    public static final String SCOPE = "#scope";
    public static final String HASH = "#hash";
    public static final String CHUNKS = "#chunks";
    public static final String SUMMARY = "#summary";
    public static final String SUMMARY_TEXT = "#summary.text";
    public static final String SUMMARY_VECTOR = "#summary.vector";
    private static final String META = "m.";

    private Layout() {}

    /** A chunk with its document's title or "", the text that is embedded and searched, and its vector. */
    public record EmbeddedChunk(
            Chunk chunk, String title, String text, String key, float[] vector) {}

    /**
     * What stands for a whole document when documents are chosen.
     *
     * @param key hash of what it was made from
     */
    public record Summary(String key, String text, float[] vector) {}

    /** The block of a document. */
    public static List<Document> block(
            dev.kith.text.Document document,
            Ledger.Entry entry,
            List<EmbeddedChunk> chunks,
            @Nullable Summary summary,
            VectorSimilarityFunction similarity) {
        List<Document> block = new ArrayList<>(chunks.size() + 1);
        for (EmbeddedChunk chunk : chunks) {
            Document fields =
                    common(document, merge(document.metadata(), chunk.chunk().metadata()));
            fields.add(new NumericDocValuesField(ORDINAL, block.size()));
            fields.add(new TextField(TEXT, chunk.text(), Field.Store.NO));
            if (!chunk.title().isEmpty()) {
                fields.add(new TextField(TITLE, chunk.title(), Field.Store.NO));
            }
            if (!chunk.chunk().headings().isEmpty()) {
                String headings = String.join("\n", chunk.chunk().headings());
                fields.add(new TextField(HEADINGS, headings, Field.Store.NO));
            }
            fields.add(new KnnFloatVectorField(VECTOR, chunk.vector(), similarity));
            fields.add(new StringField(KEY, chunk.key(), Field.Store.NO));
            fields.add(new StoredField(
                    DATA, StoredChunk.of(chunk.chunk(), document.text()).bytes()));
            block.add(fields);
        }
        Document source = common(document, document.metadata());
        source.add(new StringField(SOURCE, document.id(), Field.Store.NO));
        source.add(new StringField(SCOPE, entry.scope(), Field.Store.NO));
        source.add(new BinaryDocValuesField(HASH, new BytesRef(entry.text())));
        source.add(new NumericDocValuesField(CHUNKS, chunks.size()));
        source.add(new StoredField(DATA, StoredDocument.bytes(document)));
        if (summary != null) {
            source.add(new StringField(SUMMARY, summary.key(), Field.Store.NO));
            source.add(new TextField(SUMMARY_TEXT, summary.text(), Field.Store.YES));
            source.add(new KnnFloatVectorField(SUMMARY_VECTOR, summary.vector(), similarity));
        }
        block.add(source);
        return block;
    }

    /** The chunks of some documents, and the documents themselves. */
    public static Query chunksOf(Collection<String> documentIds) {
        return new TermInSetQuery(DOC, documentIds.stream().map(BytesRef::new).toList());
    }

    /** The documents with a chunk that fulfils a filter. */
    public static Query documentsWith(Query filter) {
        Query chunks = new BooleanQuery.Builder()
                .add(filter, Occur.FILTER)
                .add(new FieldExistsQuery(ORDINAL), Occur.FILTER)
                .build();
        return new ToParentBlockJoinQuery(
                chunks, new QueryBitSetProducer(new FieldExistsQuery(HASH)), ScoreMode.None);
    }

    /** A document's fields with a chunk's own over them. */
    public static Metadata merge(Metadata document, Metadata chunk) {
        if (chunk.isEmpty()) {
            return document;
        }
        Map<String, Object> values = new TreeMap<>(document.values());
        values.putAll(chunk.values());
        return Metadata.of(values);
    }

    private static Document common(dev.kith.text.Document document, Metadata metadata) {
        Document fields = new Document();
        fields.add(new StringField(DOC, document.id(), Field.Store.NO));
        fields.add(new SortedDocValuesField(DOC, new BytesRef(document.id())));
        metadata.values().forEach((name, value) -> {
            fields.add(new StringField(HAS, name, Field.Store.NO));
            add(fields, field(name), value);
        });
        return fields;
    }

    private static void add(Document fields, String field, Object value) {
        switch (value) {
            case String text -> fields.add(keyword(field, text));
            case Long number -> fields.add(new LongField(field, number, Field.Store.NO));
            case Double number ->
                fields.add(new DoubleField(field, number + 0.0, Field.Store.NO)); // -0.0 is 0.0
            case Boolean flag -> fields.add(new LongField(field, flag ? 1 : 0, Field.Store.NO));
            case Instant instant ->
                fields.add(new LongField(field, instant.toEpochMilli(), Field.Store.NO));
            case List<?> list -> list.forEach(item -> fields.add(keyword(field, (String) item)));
            default -> throw new IllegalStateException("no metadata: " + value);
        }
    }

    private static KeywordField keyword(String field, String value) {
        return new KeywordField(field, value, Field.Store.NO);
    }

    /** What a metadata field is called in the index. */
    static String field(String name) {
        return META + name;
    }

    /**
     * Refuses ids, names and strings that Lucene cannot index as one term.
     *
     * @throws IllegalArgumentException names the field and the length
     */
    public static void checkTerms(String id, Metadata metadata) {
        checkTerm("the document's id", id);
        metadata.values().forEach((name, value) -> {
            checkTerm("a metadata field's name", name);
            if (value instanceof String text) {
                checkTerm("metadata field " + name, text);
            } else if (value instanceof List<?> list) {
                list.forEach(item -> checkTerm("metadata field " + name, (String) item));
            }
        });
    }

    /** The hash of a text that is embedded: equal texts, and only those, have equal keys. */
    public static String key(String text) {
        return StoredDocument.hash(text.getBytes(UTF_16LE));
    }

    private static void checkTerm(String what, String term) {
        int bytes = term.getBytes(UTF_8).length;
        if (bytes > IndexWriter.MAX_TERM_LENGTH) {
            throw new IllegalArgumentException(what + " has " + bytes + " bytes, at most "
                    + IndexWriter.MAX_TERM_LENGTH + " can be indexed");
        }
    }
}
