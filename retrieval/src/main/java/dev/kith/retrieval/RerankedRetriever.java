package dev.kith.retrieval;

import dev.kith.retrieval.model.Relevances;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Reranker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best of another stage, read by a reranker: {@code blend * relevance + (1 - blend) * score before}. Those that are not
 * read keep the second term alone, and so their order and their place behind.
 */
record RerankedRetriever(
        Retriever inner,
        Reranker reranker,
        ChunkContext context,
        Snapshot snapshot,
        Query query,
        Stopwatch watch)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        List<Candidate> before = inner.retrieve(depth);
        watch.begin();
        int read = Math.min(query.rerank(), before.size());
        List<String> passages = new ArrayList<>(read);
        for (Candidate candidate : before.subList(0, read)) {
            passages.add(context.text(candidate, snapshot));
        }
        float[] relevances =
                read == 0 ? new float[0] : Relevances.of(reranker, query.text(), passages);
        int[] byRelevance = IntStream.range(0, read)
                .boxed()
                .sorted((a, b) -> Float.compare(relevances[b], relevances[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Candidate> after = new ArrayList<>(before.size());
        for (int rank = 1; rank <= read; rank++) {
            int i = byRelevance[rank - 1];
            after.add(
                    blended(before.get(i), relevances[i], new Signals.Signal(relevances[i], rank)));
        }
        after.sort(Candidate.BEST_FIRST);
        // Not sorted with the others: if relevance alone counts, none of these has a score.
        for (Candidate candidate : before.subList(read, before.size())) {
            after.add(candidate.with((1 - query.blend()) * candidate.score(), candidate.signals()));
        }
        watch.end(Stopwatch.Stage.RERANK);
        return after;
    }

    private Candidate blended(Candidate candidate, float relevance, Signals.Signal signal) {
        double score = query.blend() * relevance + (1 - query.blend()) * candidate.score();
        return candidate.with(score, candidate.signals().withRerank(signal));
    }
}
