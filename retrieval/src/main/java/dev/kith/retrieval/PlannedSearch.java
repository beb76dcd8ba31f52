package dev.kith.retrieval;

import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.SubQuery;
import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** Searches a plan's sub-queries, in the query's mode, among chunks or among summaries. Embeds each text once. */
final class PlannedSearch {
    private static final Retriever NOTHING = depth -> List.of();

    private final Snapshot snapshot;
    private final CorpusConfig config;
    private final Query query;
    private final Plan plan;
    private final Analyzer analyzer;
    private final Stopwatch watch;
    private final @Nullable QuestionVectors vectors;

    PlannedSearch(
            Snapshot snapshot,
            CorpusConfig config,
            Query query,
            Plan plan,
            Analyzer analyzer,
            Stopwatch watch)
            throws InterruptedException {
        this.snapshot = snapshot;
        this.config = config;
        this.query = query;
        this.analyzer = analyzer;
        this.watch = watch;
        if (query.mode() == Query.Mode.SPARSE) {
            this.vectors = null;
            this.plan = plan;
            return;
        }
        watch.begin();
        vectors = new QuestionVectors(config, plan);
        watch.end(Stopwatch.Stage.EMBED);
        Plan noted = plan;
        for (String failure : vectors.failures()) {
            noted = noted.withFailure(failure);
        }
        this.plan = noted;
    }

    /** The plan, with what could not be embedded of it. */
    Plan plan() {
        return plan;
    }

    /** What ranks the chunks that fulfil a filter. */
    Retriever chunks(org.apache.lucene.search.@Nullable Query filter) {
        return retriever(Layout.VECTOR, Layout.TEXT, filter);
    }

    /** What ranks the summaries of documents that fulfil a filter. */
    Retriever summaries(org.apache.lucene.search.@Nullable Query filter) {
        return retriever(Layout.SUMMARY_VECTOR, Layout.SUMMARY_TEXT, filter);
    }

    private Retriever retriever(
            String vectorField, String textField, org.apache.lucene.search.@Nullable Query filter) {
        List<Retriever> parts = new ArrayList<>();
        for (SubQuery subQuery : plan.subQueries()) {
            parts.add(retriever(
                    dense(subQuery, vectorField, filter), sparse(subQuery, textField, filter)));
        }
        return parts.size() == 1 ? parts.getFirst() : new MergedRetriever(plan, parts, watch);
    }

    private Retriever retriever(@Nullable Retriever dense, @Nullable Retriever sparse) {
        if (dense == null || sparse == null) {
            return dense != null ? dense : sparse != null ? sparse : NOTHING;
        }
        return new HybridRetriever(dense, sparse, fusion(), watch);
    }

    /** How the halves become one. */
    Fusion fusion() {
        Fusion own = query.fusion();
        return own == null ? config.fusion() : own;
    }

    /** The dense half of the plan's first sub-query, or null if it has none. */
    @Nullable
    DenseRetriever dense(org.apache.lucene.search.@Nullable Query filter) {
        return dense(plan.subQueries().getFirst(), Layout.VECTOR, filter);
    }

    /** The sparse half of the plan's first sub-query, or null if it has none. */
    @Nullable
    SparseRetriever sparse(org.apache.lucene.search.@Nullable Query filter) {
        return sparse(plan.subQueries().getFirst(), Layout.TEXT, filter);
    }

    private @Nullable DenseRetriever dense(
            SubQuery subQuery, String field, org.apache.lucene.search.@Nullable Query filter) {
        float[] vector = vectors == null ? null : vectors.of(subQuery);
        return vector == null
                ? null
                : new DenseRetriever(snapshot, config, field, vector, filter, watch);
    }

    private @Nullable SparseRetriever sparse(
            SubQuery subQuery, String field, org.apache.lucene.search.@Nullable Query filter) {
        return query.mode() == Query.Mode.DENSE || subQuery.sparse().isEmpty()
                ? null
                : new SparseRetriever(
                        snapshot,
                        analyzer,
                        config,
                        field,
                        subQuery.sparse(),
                        field.equals(Layout.TEXT) ? query.feedback() : null,
                        filter,
                        watch);
    }
}
