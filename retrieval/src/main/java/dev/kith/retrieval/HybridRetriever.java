package dev.kith.retrieval;

import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.fusion.Ranking;
import dev.kith.retrieval.store.Snapshot.Place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Both halves, made one by a fusion. */
record HybridRetriever(Retriever dense, Retriever sparse, Fusion fusion, Stopwatch watch)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        List<Candidate> nearest = dense.retrieve(depth);
        List<Candidate> matching = sparse.retrieve(depth);
        watch.begin();
        // Rows count the union in order of place: ties then fall alike however the corpus is cut
        // into segments.
        Map<Place, Candidate> union = new TreeMap<>();
        nearest.forEach(candidate -> union.put(candidate.place(), candidate));
        matching.forEach(candidate -> union.merge(
                candidate.place(),
                candidate,
                (a, b) -> a.with(0, withSparseOf(a.signals(), b.signals()))));
        List<Candidate> rows = List.copyOf(union.values());
        Map<Place, Integer> rowOf = new HashMap<>();
        rows.forEach(candidate -> rowOf.put(candidate.place(), rowOf.size()));
        Ranking fused = fusion.fuse(ranking(nearest, rowOf), ranking(matching, rowOf));
        List<Candidate> candidates = new ArrayList<>(fused.size());
        for (int i = 0; i < fused.size(); i++) {
            Candidate candidate = rows.get(fused.rows()[i]);
            Signals.Signal signal = new Signals.Signal(fused.scores()[i], i + 1);
            candidates.add(candidate.with(signal.raw(), candidate.signals().withFused(signal)));
        }
        watch.end(Stopwatch.Stage.FUSION);
        return candidates;
    }

    private static Signals withSparseOf(Signals dense, Signals sparse) {
        Signals.Signal signal = sparse.sparse();
        return signal == null ? dense : dense.withSparse(signal);
    }

    private static Ranking ranking(List<Candidate> candidates, Map<Place, Integer> rowOf) {
        Map<Integer, Double> scores = new HashMap<>();
        for (Candidate candidate : candidates) {
            Integer row = rowOf.get(candidate.place());
            if (row != null) {
                scores.put(row, candidate.score());
            }
        }
        return Ranking.of(scores);
    }
}
