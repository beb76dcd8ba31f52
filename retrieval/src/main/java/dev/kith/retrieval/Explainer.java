package dev.kith.retrieval;

import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.fusion.Ranking;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.retrieval.store.Snapshot.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** Accounts for the hits of one search: runs its halves again and takes their scores apart. */
final class Explainer {
    private final Query query;
    private final Search search;
    private final Map<Place, Explanation.Half> dense;
    private final Map<Place, Explanation.Half> sparse;
    private final @Nullable TermScores terms;
    private final Map<Place, Integer> docs = new HashMap<>();

    Explainer(Snapshot snapshot, CorpusConfig config, Query query, Analyzer analyzer)
            throws IOException, InterruptedException {
        this.query = query;
        this.search = new Search(snapshot, config, query, analyzer);
        PlannedSearch single = search.single();
        DenseRetriever near = single.dense(search.filter());
        SparseRetriever matching = single.sparse(search.filter());
        Fusion fusion = near != null && matching != null ? single.fusion() : null;
        dense = near == null ? Map.of() : halves(near, fusion, fusion == null ? 1 : fusion.alpha());
        sparse = matching == null
                ? Map.of()
                : halves(matching, fusion, fusion == null ? 1 : 1 - fusion.alpha());
        terms = matching == null
                ? null
                : new TermScores(snapshot.searcher(), matching.terms(), config.bm25());
    }

    Explained run() throws IOException, InterruptedException {
        Results results = search.run();
        List<Explanation> explanations = new ArrayList<>();
        for (Hit hit : results.hits()) {
            explanations.add(explanation(hit));
        }
        return new Explained(results, explanations);
    }

    private Explanation explanation(Hit hit) throws IOException {
        Place place = new Place(hit.documentId(), hit.ordinal());
        Explanation.Half near = dense.get(place);
        Explanation.Half matching = sparse.get(place);
        Integer doc = docs.get(place);
        return new Explanation(
                hit,
                near,
                matching,
                matching == null || doc == null || terms == null ? List.of() : terms.of(doc),
                contribution(near) + contribution(matching),
                query.rerank() == 0 ? null : rerank(hit.signals().rerank()));
    }

    private static double contribution(Explanation.@Nullable Half half) {
        return half == null ? 0 : half.contribution();
    }

    private Explanation.Rerank rerank(Signals.@Nullable Signal signal) {
        return signal == null
                ? new Explanation.Rerank(0, 0, query.blend())
                : new Explanation.Rerank(signal.raw(), signal.rank(), query.blend());
    }

    /** Every candidate of one half, with what the fusion makes of it; without a fusion what it is. */
    private Map<Place, Explanation.Half> halves(
            Retriever half, @Nullable Fusion fusion, double weight)
            throws IOException, InterruptedException {
        List<Candidate> candidates = half.retrieve(query.depth());
        double[] scores = candidates.stream().mapToDouble(Candidate::score).toArray();
        double[] normalized =
                fusion == null ? scores : fusion.normalized(new Ranking(rows(scores), scores));
        Map<Place, Explanation.Half> halves = new HashMap<>();
        for (int i = 0; i < scores.length; i++) {
            Candidate candidate = candidates.get(i);
            Signals signals = candidate.signals();
            Signals.Signal signal = signals.dense() == null ? signals.sparse() : signals.dense();
            double raw = signal == null ? 0 : signal.raw();
            docs.put(candidate.place(), candidate.doc());
            halves.put(
                    candidate.place(),
                    new Explanation.Half(
                            raw, i + 1, scores[i], normalized[i], weight, weight * normalized[i]));
        }
        return halves;
    }

    private static int[] rows(double[] scores) {
        int[] rows = new int[scores.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }
}
