package dev.kith.retrieval;

import dev.kith.retrieval.store.Snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The best of another stage, so chosen that they are unlike each other. The query's hits are chosen among a few times as many
 * of the best; all others follow in their order before.
 */
record DiverseRetriever(Retriever inner, Snapshot snapshot, Query query) implements Retriever {
    private static final int LEAST_POOL = 50;
    private static final long POOL_PER_HIT = 4;

    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        List<Candidate> found = inner.retrieve(depth);
        long hits = (long) query.topK() * Math.max(1, query.perDocument());
        long wanted = Math.max(LEAST_POOL, Math.min(found.size(), hits) * POOL_PER_HIT);
        List<Candidate> pool = found.subList(0, (int) Math.min(found.size(), wanted));
        double[] relevances = pool.stream().mapToDouble(Candidate::score).toArray();
        List<float[]> vectors = new ArrayList<>(pool.size());
        for (Candidate candidate : pool) {
            vectors.add(snapshot.vector(candidate.doc()));
        }
        MarginalRelevance marginal = new MarginalRelevance(relevances, vectors, query.mmr());
        Set<Candidate> diverse = new LinkedHashSet<>(found.size());
        for (int i : marginal.choose((int) Math.min(hits, pool.size()))) {
            diverse.add(pool.get(i));
        }
        diverse.addAll(found);
        return List.copyOf(diverse);
    }
}
