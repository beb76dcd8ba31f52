package dev.kith.retrieval.evaluation;

import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.Feedback;
import dev.kith.retrieval.Query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way of asking that an evaluation compares with others.
 *
 * @param name what reports call it, unique within an evaluation
 * @param query makes the query to be asked of a plain hybrid one
 */
public record Configuration(String name, UnaryOperator<Query> query) {
    private static final int RERANKED = 50;

    /** @throws IllegalArgumentException if the name is blank */
    public Configuration {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a configuration needs a name");
        }
    }

    /**
     * Sparse, dense and hybrid search, hybrid with {@linkplain Feedback#rm3 terms of the first passages added}, and hybrid with the
     * best 50 reranked if there is a reranker.
     */
    public static List<Configuration> standard(CorpusConfig config) {
        List<Configuration> all = new ArrayList<>(List.of(
                new Configuration("sparse", query -> query.mode(Query.Mode.SPARSE)),
                new Configuration("dense", query -> query.mode(Query.Mode.DENSE)),
                new Configuration("hybrid", query -> query.mode(Query.Mode.HYBRID)),
                new Configuration("hybrid+rm3", query -> query.feedback(Feedback.rm3()))));
        if (config.reranker() != null) {
            all.add(new Configuration("hybrid+rerank", query -> query.rerank(RERANKED)));
        }
        return List.copyOf(all);
    }
}
