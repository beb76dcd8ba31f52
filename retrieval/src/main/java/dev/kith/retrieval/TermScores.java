package dev.kith.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/** BM25 taken apart: computed again from postings, lengths and statistics, term by term and field by field. */
final class TermScores {
    private final IndexSearcher searcher;
    private final SparseQuery query;
    private final Bm25 bm25;

    TermScores(IndexSearcher searcher, SparseQuery query, Bm25 bm25) {
        this.searcher = searcher;
        this.query = query;
        this.bm25 = bm25;
    }

    /** The terms that a document has, heaviest first. */
    List<Explanation.Term> of(int doc) throws IOException {
        List<Explanation.Term> terms = new ArrayList<>();
        for (Map.Entry<String, Double> entry : query.terms().entrySet()) {
            List<Explanation.Field> fields = new ArrayList<>();
            for (SparseQuery.Field field : query.fields()) {
                Explanation.Field part = part(entry.getKey(), entry.getValue(), field, doc);
                if (part != null) {
                    fields.add(part);
                }
            }
            if (!fields.isEmpty()) {
                double score =
                        fields.stream().mapToDouble(Explanation.Field::score).sum();
                terms.add(new Explanation.Term(entry.getKey(), entry.getValue(), fields, score));
            }
        }
        terms.sort(Comparator.comparingDouble(Explanation.Term::score).reversed());
        return terms;
    }

    private Explanation.@Nullable Field part(
            String text, double termWeight, SparseQuery.Field field, int doc) throws IOException {
        Term term = new Term(field.lucene(), text);
        IndexReader reader = searcher.getIndexReader();
        LeafReaderContext context = reader.leaves().get(ReaderUtil.subIndex(doc, reader.leaves()));
        int frequency = frequency(context.reader(), term, doc - context.docBase);
        CollectionStatistics statistics = searcher.collectionStatistics(field.lucene());
        if (frequency == 0 || statistics == null) {
            return null;
        }
        double count = statistics.docCount();
        double holders = reader.docFreq(term);
        double idf = Math.log(1 + (count - holders + 0.5) / (holders + 0.5));
        int length = length(context.reader(), field.lucene(), doc - context.docBase);
        double average = statistics.sumTotalTermFreq() / count;
        double tf =
                frequency / (frequency + bm25.k1() * (1 - bm25.b() + bm25.b() * length / average));
        double score = SparseQuery.boost(termWeight, field) * idf * tf;
        return new Explanation.Field(
                field.name(), field.weight(), idf, frequency, length, average, tf, score);
    }

    private static int frequency(LeafReader leaf, Term term, int doc) throws IOException {
        PostingsEnum postings = leaf.postings(term, PostingsEnum.FREQS);
        return postings != null && postings.advance(doc) == doc ? postings.freq() : 0;
    }

    private static int length(LeafReader leaf, String field, int doc) throws IOException {
        NumericDocValues lengths = leaf.getNormValues(field);
        return lengths != null && lengths.advanceExact(doc)
                ? SmallFloat.byte4ToInt((byte) lengths.longValue())
                : 0;
    }
}
