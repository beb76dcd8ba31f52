package dev.kith.retrieval;

import dev.kith.Metric;
import dev.kith.lucene.KithSearchStrategy;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.jspecify.annotations.Nullable;

/** The nearest vectors of a field. */
record DenseRetriever(
        Snapshot snapshot,
        CorpusConfig config,
        String field,
        float[] vector,
        org.apache.lucene.search.@Nullable Query filter,
        Stopwatch watch)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException {
        watch.begin();
        // Lucene allocates for as many as are asked for.
        int k = Math.max(1, Math.min(depth, snapshot.searcher().getIndexReader().maxDoc()));
        // Twice the effort: near the end of a list, a graph search is least sure.
        KnnFloatVectorQuery query =
                new KnnFloatVectorQuery(field, vector, k, filter, new KithSearchStrategy((int)
                        Math.min(Integer.MAX_VALUE, 2L * k)));
        List<Candidate> found = LuceneRetriever.best(snapshot, query, k);
        List<Candidate> candidates = new ArrayList<>(found.size());
        for (Candidate candidate : found) {
            Signals.Signal signal =
                    new Signals.Signal(raw(candidate.score()), candidates.size() + 1);
            candidates.add(
                    candidate.with(bounded(candidate.score()), Signals.NONE.withDense(signal)));
        }
        watch.end(Stopwatch.Stage.DENSE);
        return candidates;
    }

    /** The metric's own value, from Lucene's score. */
    double raw(double score) {
        return switch (config.index().metric()) {
            case COSINE -> 2 * score - 1;
            case EUCLIDEAN -> 1 - 1 / score;
            case DOT_PRODUCT -> score >= 1 ? score - 1 : 1 - 1 / score;
        };
    }

    /** Lucene's score, brought into [0, 1] for the one metric for which it is not. */
    private double bounded(double score) {
        return config.index().metric() == Metric.DOT_PRODUCT ? score / (1 + score) : score;
    }
}
