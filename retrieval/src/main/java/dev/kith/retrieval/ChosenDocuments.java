package dev.kith.retrieval;

import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.jspecify.annotations.Nullable;

/** First the best documents, by their chunks or their summaries, then the best chunks inside them. */
record ChosenDocuments(
        PlannedSearch planned,
        Snapshot snapshot,
        DocumentChoice choice,
        org.apache.lucene.search.@Nullable Query filter)
        implements Retriever {
    @Override
    public List<Candidate> retrieve(int depth) throws IOException, InterruptedException {
        Map<String, Signals.Signal> chosen = chosen(depth);
        if (chosen.isEmpty()) {
            return List.of();
        }
        BooleanQuery.Builder inside =
                new BooleanQuery.Builder().add(Layout.chunksOf(chosen.keySet()), Occur.FILTER);
        if (filter != null) {
            inside.add(filter, Occur.FILTER);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate found : planned.chunks(inside.build()).retrieve(depth)) {
            Signals.Signal document = chosen.get(found.place().documentId());
            candidates.add(
                    document == null
                            ? found
                            : found.with(found.score(), found.signals().withDocument(document)));
        }
        return candidates;
    }

    /** The chosen documents' signals by id. */
    private Map<String, Signals.Signal> chosen(int depth) throws IOException, InterruptedException {
        Retriever ranking = switch (choice.by()) {
            case CHUNKS -> planned.chunks(filter);
            case SUMMARIES -> {
                if (!snapshot.hasSummaries()) {
                    throw new IllegalArgumentException("the query chooses documents by their"
                            + " summaries, the corpus has none; see CorpusConfig.withSummaries");
                }
                yield planned.summaries(filter == null ? null : Layout.documentsWith(filter));
            }
        };
        int wanted = Math.max(depth, choice.documents());
        return new DocumentScores(ranking.retrieve(wanted), choice.top()).best(choice.documents());
    }
}
