package dev.kith.retrieval;

import dev.kith.retrieval.steps.SubQuery;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.jspecify.annotations.Nullable;

/** BM25 over a sub-query's terms, or over those that feedback makes of them. */
record SparseRetriever(
        Snapshot snapshot,
        Analyzer analyzer,
        CorpusConfig config,
        String field,
        List<SubQuery.Sparse> texts,
        @Nullable Feedback feedback,
        org.apache.lucene.search.@Nullable Query filter,
        Stopwatch watch)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException {
        watch.begin();
        List<Candidate> found = best(terms(), depth);
        List<Candidate> candidates = new ArrayList<>(found.size());
        for (Candidate candidate : found) {
            Signals.Signal signal = new Signals.Signal(candidate.score(), candidates.size() + 1);
            candidates.add(candidate.with(
                    candidate.score() / found.getFirst().score(), Signals.NONE.withSparse(signal)));
        }
        watch.end(Stopwatch.Stage.SPARSE);
        return candidates;
    }

    /** What is searched for. */
    SparseQuery terms() throws IOException {
        SparseQuery question = SparseQuery.of(texts, field, analyzer, config.bm25());
        if (feedback == null) {
            return question;
        }
        return new RelevanceModel(snapshot, analyzer, config.context(), feedback)
                .expand(question, best(question, feedback.documents()));
    }

    private List<Candidate> best(SparseQuery terms, int depth) throws IOException {
        return LuceneRetriever.best(snapshot, allowed(terms), depth);
    }

    /** The terms in what the filter allows. */
    org.apache.lucene.search.Query allowed(SparseQuery terms) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(terms.lucene(), Occur.MUST);
        if (filter != null) {
            query.add(filter, Occur.FILTER);
        }
        return query.build();
    }
}
