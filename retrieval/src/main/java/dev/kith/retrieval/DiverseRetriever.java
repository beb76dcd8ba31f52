package dev.kith.retrieval;

import dev.kith.retrieval.store.Snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The best of another stage, so chosen that they are unlike each other. The query's hits are chosen among a few times as many
 * of the best; all others follow in their order before.
 */
record DiverseRetriever(Retriever inner, Snapshot snapshot, Query query) implements Retriever {
    private static final int LEAST_POOL = 50;
    private static final long POOL_PER_HIT = 4;

    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        List<Candidate> rest = new ArrayList<>(inner.retrieve(depth));
        long wanted = Math.max(LEAST_POOL, POOL_PER_HIT * query.topK());
        List<Candidate> pool = rest.subList(0, (int) Math.min(rest.size(), wanted));
        double[] relevances = pool.stream().mapToDouble(Candidate::score).toArray();
        List<float[]> vectors = new ArrayList<>(pool.size());
        for (Candidate candidate : pool) {
            vectors.add(snapshot.vector(candidate.doc()));
        }
        MarginalRelevance marginal = new MarginalRelevance(relevances, vectors, query.mmr());
        List<Candidate> chosen = new ArrayList<>(rest.size());
        for (int i : marginal.choose(Math.min(query.topK(), pool.size()))) {
            chosen.add(pool.get(i));
        }
        rest.removeAll(chosen);
        chosen.addAll(rest);
        return chosen;
    }
}
