package dev.kith.retrieval;

import dev.kith.retrieval.steps.SubQuery;
import dev.kith.retrieval.store.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Weighted terms, any of which may match, in weighted fields: a passage scores the sum of {@code term weight * field weight *
 * BM25}.
 *
 * @param terms in the order in which they came
 * @param fields those with a weight above 0
 */
record SparseQuery(Map<String, Double> terms, List<Field> fields) {
    private static final double LEAST_BOOST = 1e-30;

    /**
     * A field that is searched.
     *
     * @param name what it is called to users
     * @param lucene what it is called in the index
     */
    record Field(String name, String lucene, float weight) {}

    /** The terms of texts, a repeated one counting as often, one of a weighted text by its weight. */
    static SparseQuery of(List<SubQuery.Sparse> texts, String field, Analyzer analyzer, Bm25 bm25) {
        Map<String, Double> terms = new LinkedHashMap<>();
        for (SubQuery.Sparse part : texts) {
            counts(part.text(), analyzer)
                    .forEach(
                            (term, count) -> terms.merge(term, count * part.weight(), Double::sum));
        }
        return new SparseQuery(terms, fields(field, bm25)).withTerms(terms);
    }

    /** A chunk's text has a title and headings beside it; a summary has not. */
    private static List<Field> fields(String field, Bm25 bm25) {
        Field text = new Field("text", field, 1);
        return field.equals(Layout.TEXT)
                ? List.of(
                                text,
                                new Field("title", Layout.TITLE, bm25.title()),
                                new Field("headings", Layout.HEADINGS, bm25.headings()))
                        .stream()
                        .filter(one -> one.weight() > 0)
                        .toList()
                : List.of(text);
    }

    /** How often each term of a text occurs. */
    static Map<String, Integer> counts(String text, Analyzer analyzer) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Analysis.terms(text, analyzer).forEach(term -> counts.merge(term, 1, Integer::sum));
        return counts;
    }

    /** Other terms in the same fields; as many as Lucene takes. */
    SparseQuery withTerms(Map<String, Double> other) {
        // Lucene's bound on clauses; half of it, to leave room for a filter. A question that long
        // says it all before.
        int most = IndexSearcher.getMaxClauseCount() / 2 / fields.size();
        Map<String, Double> kept = new LinkedHashMap<>();
        other.entrySet().stream()
                .limit(most)
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return new SparseQuery(kept, fields);
    }

    /** As a query to Lucene. */
    Query lucene() {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        terms.forEach((term, weight) -> {
            for (Field field : fields) {
                TermQuery match = new TermQuery(new Term(field.lucene(), term));
                query.add(new BoostQuery(match, boost(weight, field)), Occur.SHOULD);
            }
        });
        return query.build();
    }

    /** What a term's BM25 in a field is multiplied with: as near to the weights as scores stay finite and above 0. */
    static float boost(double weight, Field field) {
        return (float) Math.clamp(weight * field.weight(), LEAST_BOOST, 1 / LEAST_BOOST);
    }
}
