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
import org.jspecify.annotations.Nullable;

/** One search in one snapshot: composes the stages that the query asks for and reads what they find. */
final class Search {
    private final Snapshot snapshot;
    private final CorpusConfig config;
    private final Query query;
    private final Analyzer analyzer;
    private final Stopwatch watch = new Stopwatch();
    private @Nullable PlannedSearch planned;

    Search(Snapshot snapshot, CorpusConfig config, Query query, Analyzer analyzer) {
        this.snapshot = snapshot;
        this.config = config;
        this.query = query;
        this.analyzer = analyzer;
    }

    Results run() throws IOException, InterruptedException {
        return new Results(hits(ranking()), watch.timings(), planned().plan());
    }

    /** The hits of a ranking. */
    List<Hit> hits(List<Candidate> ranking) throws IOException {
        List<Candidate> found = ranking;
        int limit = query.topK();
        if (query.perDocument() > 0) {
            found = new DocumentScores(found, 1).grouped(query.topK(), query.perDocument());
            limit = found.size();
        }
        return new Passages(snapshot, query.widening()).of(found, limit);
    }

    /** Everything that was found, best first. */
    List<Candidate> ranking() throws IOException, InterruptedException {
        return retrieved(diverse(reranked(found())));
    }

    /** The same before hits are chosen to be unlike each other. */
    List<Candidate> byScore() throws IOException, InterruptedException {
        return retrieved(reranked(found()));
    }

    /** The same before reranking. */
    List<Candidate> unreranked() throws IOException, InterruptedException {
        return retrieved(found());
    }

    private List<Candidate> retrieved(Retriever retriever)
            throws IOException, InterruptedException {
        try {
            return retriever.retrieve(query.depth());
        } catch (IndexSearcher.TooManyClauses e) {
            throw tooManyConditions(e);
        }
    }

    private static IllegalArgumentException tooManyConditions(IndexSearcher.TooManyClauses e) {
        return new IllegalArgumentException(
                "the filter has too many conditions; use in for many values of a field", e);
    }

    /** The search of the query's plan, which is made once. */
    PlannedSearch planned() throws InterruptedException {
        if (planned == null) {
            planned = new PlannedSearch(snapshot, config, query, plan(), analyzer, watch);
        }
        return planned;
    }

    /**
     * The search of one question among all documents, which can be accounted for.
     *
     * @throws IllegalArgumentException if the query is another
     */
    PlannedSearch single() throws InterruptedException {
        if (query.documents() != null) {
            throw new IllegalArgumentException(
                    "a query that chooses documents first cannot be accounted for");
        }
        if (planned().plan().subQueries().size() != 1) {
            throw new IllegalArgumentException(
                    "a query that became several by its steps cannot be accounted for; ask about"
                            + " one of them");
        }
        return planned();
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

    /** What hits must fulfil, or null. */
    org.apache.lucene.search.@Nullable Query filter() {
        try {
            return query.filter() == null
                    ? null
                    : FilterQuery.of(query.filter(), snapshot.manifest().schema());
        } catch (IndexSearcher.TooManyClauses e) {
            throw tooManyConditions(e);
        }
    }

    private Retriever found() throws InterruptedException {
        DocumentChoice choice = query.documents();
        return choice == null
                ? planned().chunks(filter())
                : new ChosenDocuments(planned(), snapshot, choice, filter());
    }

    private Retriever reranked(Retriever found) {
        if (query.rerank() == 0) {
            return found;
        }
        Reranker reranker = config.reranker();
        if (reranker == null) {
            throw new IllegalArgumentException(
                    "the query asks for reranking, the corpus has no reranker");
        }
        return new RerankedRetriever(found, reranker, config.context(), snapshot, query, watch);
    }

    private Retriever diverse(Retriever found) {
        return query.mmr() < 1 ? new DiverseRetriever(found, snapshot, query) : found;
    }
}
