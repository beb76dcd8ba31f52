package dev.kith.retrieval;

import dev.kith.retrieval.steps.SubQuery;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** BM25 over the question's terms: any may match, a repeated one counts as often, one of a weighted text by its weight. */
record SparseRetriever(
        Snapshot snapshot,
        Analyzer analyzer,
        String field,
        List<SubQuery.Sparse> texts,
        org.apache.lucene.search.@Nullable Query filter,
        Stopwatch watch)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException {
        watch.begin();
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(terms(), Occur.MUST);
        if (filter != null) {
            query.add(filter, Occur.FILTER);
        }
        List<Candidate> found = LuceneRetriever.best(snapshot, query.build(), depth);
        List<Candidate> candidates = new ArrayList<>(found.size());
        for (Candidate candidate : found) {
            Signals.Signal signal = new Signals.Signal(candidate.score(), candidates.size() + 1);
            candidates.add(candidate.with(
                    candidate.score() / found.getFirst().score(), Signals.NONE.withSparse(signal)));
        }
        watch.end(Stopwatch.Stage.SPARSE);
        return candidates;
    }

    private BooleanQuery terms() throws IOException {
        Map<String, Float> weights = new LinkedHashMap<>();
        for (SubQuery.Sparse part : texts) {
            try (TokenStream tokens = analyzer.tokenStream(field, part.text())) {
                CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                tokens.reset();
                while (tokens.incrementToken()) {
                    weights.merge(term.toString(), (float) part.weight(), Float::sum);
                }
                tokens.end();
            }
        }
        BooleanQuery.Builder terms = new BooleanQuery.Builder();
        // Lucene's bound on clauses; half of it, to leave room for a filter. A question that long
        // says it all before.
        weights.entrySet().stream()
                .limit(IndexSearcher.getMaxClauseCount() / 2)
                .forEach(entry -> terms.add(
                        new BoostQuery(
                                new TermQuery(new Term(field, entry.getKey())), entry.getValue()),
                        Occur.SHOULD));
        return terms.build();
    }
}
