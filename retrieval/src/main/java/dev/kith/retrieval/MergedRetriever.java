package dev.kith.retrieval;

import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.SubQuery;
import dev.kith.retrieval.store.Snapshot.Place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rankings of a plan's sub-queries, made one. Each hit says which sub-queries found it. */
record MergedRetriever(Plan plan, List<Retriever> parts, Stopwatch watch) implements Retriever {
    private static final int K = 60;

    /** What is known of a candidate: where it stands highest, what its ranks sum up to, and who found it. */
    private static final class Found {
        private final List<Signals.FoundBy> by = new ArrayList<>();
        private Candidate best;
        private int rank;
        private int position;
        private double sum;

        private Found(Candidate candidate, int position, int rank) {
            this.best = candidate;
            this.position = position;
            this.rank = rank;
        }

        private void by(Candidate candidate, int position, int rank, SubQuery subQuery) {
            if (rank < this.rank) {
                best = candidate;
                this.position = position;
                this.rank = rank;
            }
            by.add(new Signals.FoundBy(subQuery.question(), rank));
            sum += subQuery.weight() * (K + 1) / (K + rank);
        }
    }

    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        List<List<Candidate>> rankings = new ArrayList<>();
        for (Retriever part : parts) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            rankings.add(part.retrieve(depth));
        }
        watch.begin();
        Map<Place, Found> union = new TreeMap<>();
        for (int i = 0; i < rankings.size(); i++) {
            int rank = 0;
            for (Candidate candidate : rankings.get(i)) {
                rank++;
                Found found = union.get(candidate.place());
                if (found == null) {
                    found = new Found(candidate, i, rank);
                    union.put(candidate.place(), found);
                }
                found.by(candidate, i, rank, plan.subQueries().get(i));
            }
        }
        List<Candidate> merged = new ArrayList<>(union.size());
        union.values()
                .forEach(found -> merged.add(
                        found.best.with(score(found), found.best.signals().withFoundBy(found.by))));
        merged.sort(Candidate.BEST_FIRST);
        watch.end(Stopwatch.Stage.FUSION);
        return merged;
    }

    private double score(Found found) {
        return switch (plan.merge()) {
            case RECIPROCAL_RANKS ->
                found.sum
                        / plan.subQueries().stream()
                                .mapToDouble(SubQuery::weight)
                                .sum();
            // The first of each sub-query in the plan's order, the second of each, and so on.
            case INTERLEAVED ->
                1.0 / (1 + (found.rank - 1) * (double) parts.size() + found.position);
        };
    }
}
