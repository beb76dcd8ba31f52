package dev.kith.retrieval;

import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.QueryStep;
import dev.kith.retrieval.store.FilterQuery;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Reranker;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/** One search in one snapshot: composes the stages that the query asks for and reads what they find. */
final class Search {
    private final Snapshot snapshot;
    private final CorpusConfig config;
    private final Query query;
    private final Stopwatch watch = new Stopwatch();

    Search(Snapshot snapshot, CorpusConfig config, Query query) {
        this.snapshot = snapshot;
        this.config = config;
        this.query = query;
    }

    Results run(Analyzer analyzer) throws IOException, InterruptedException {
        PlannedSearch planned = new PlannedSearch(snapshot, config, query, plan(), analyzer, watch);
        List<Candidate> found;
        try {
            found = diverse(retriever(planned)).retrieve(query.depth());
        } catch (IndexSearcher.TooManyClauses e) {
            throw new IllegalArgumentException(
                    "the filter has too many conditions; use in for many values of a field", e);
        }
        int limit = query.topK();
        if (query.perDocument() > 0) {
            found = new DocumentScores(found, 1).grouped(query.topK(), query.perDocument());
            limit = found.size();
        }
        List<Hit> hits = new Passages(snapshot, query.widening()).of(found, limit);
        return new Results(hits, watch.timings(), planned.plan());
    }

    private Plan plan() throws InterruptedException {
        Plan question = Plan.of(query.text());
        QueryStep step = query.step();
        if (step == null) {
            return question;
        }
        watch.begin();
        Plan plan = step.apply(question);
        watch.end(Stopwatch.Stage.STEPS);
        return plan;
    }

    private Retriever retriever(PlannedSearch planned) {
        var filter = query.filter() == null
                ? null
                : FilterQuery.of(query.filter(), snapshot.manifest().schema());
        DocumentChoice choice = query.documents();
        Retriever found = choice == null
                ? planned.chunks(filter)
                : new ChosenDocuments(planned, snapshot, choice, filter);
        if (query.rerank() == 0) {
            return found;
        }
        Reranker reranker = config.reranker();
        if (reranker == null) {
            throw new IllegalArgumentException(
                    "the query asks for reranking, the corpus has no reranker");
        }
        return new RerankedRetriever(found, reranker, snapshot, query, watch);
    }

    private Retriever diverse(Retriever found) {
        return query.mmr() < 1 ? new DiverseRetriever(found, snapshot, query) : found;
    }
}
