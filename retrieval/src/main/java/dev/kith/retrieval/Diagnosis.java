package dev.kith.retrieval;

import dev.kith.retrieval.WhyNot.Reason;
import dev.kith.retrieval.WhyNot.Standing;
import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.store.FilterQuery;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** Finds out why a document is not a hit: asks one cause after the other, in the order in which a search excludes. */
final class Diagnosis {
    private final Snapshot snapshot;
    private final Query query;
    private final String documentId;
    private final Search search;

    Diagnosis(
            Snapshot snapshot,
            CorpusConfig config,
            Query query,
            String documentId,
            Analyzer analyzer) {
        this.snapshot = snapshot;
        this.query = query;
        this.documentId = documentId;
        this.search = new Search(snapshot, config, query, analyzer);
    }

    WhyNot run() throws IOException, InterruptedException {
        if (snapshot.document(documentId) == null) {
            return excluded(Reason.NOT_IN_CORPUS, "the corpus has no document " + documentId);
        }
        if (new Standings(snapshot, documentId, null).passages() == 0) {
            return excluded(Reason.NO_PASSAGES, documentId + " has no passages: its text is blank");
        }
        Standings standings = new Standings(snapshot, documentId, search.filter());
        if (standings.passages() == 0) {
            return filtered();
        }
        return ranked(standings);
    }

    private WhyNot excluded(Reason reason, String sentence) {
        return new WhyNot(documentId, reason, sentence, List.of(), null, null, 0, 0);
    }

    private WhyNot filtered() throws IOException {
        Filter filter = query.filter();
        List<Filter> failed = new ArrayList<>();
        if (filter != null) {
            for (Filter clause : clauses(filter)) {
                var compiled = FilterQuery.of(clause, snapshot.manifest().schema());
                if (new Standings(snapshot, documentId, compiled).passages() == 0) {
                    failed.add(clause);
                }
            }
            if (failed.isEmpty()) {
                failed.add(filter);
            }
        }
        String conditions =
                String.join(" && ", failed.stream().map(Filter::toText).toList());
        String sentence = "no passage of " + documentId + " fulfils the filter's " + conditions;
        return new WhyNot(documentId, Reason.FILTERED, sentence, failed, null, null, 0, 0);
    }

    private static List<Filter> clauses(Filter filter) {
        return filter instanceof Filter.And(List<Filter> parts)
                ? parts.stream().flatMap(part -> clauses(part).stream()).toList()
                : List.of(filter);
    }

    private WhyNot ranked(Standings standings) throws IOException, InterruptedException {
        PlannedSearch single = search.single();
        List<Candidate> after = search.ranking();
        DenseRetriever near = single.dense(search.filter());
        SparseRetriever matching = single.sparse(search.filter());
        Standing dense = near == null ? null : dense(standings, near);
        Standing sparse = matching == null ? null : sparse(standings, matching);
        // Not told by the ranking: passages that became one make room for what stands behind.
        int hit = place(search.hits(after).stream().map(Hit::documentId).toList());
        int rank = hit > 0 ? hit : placeOf(after);
        int scored = query.mmr() < 1 ? placeOf(search.byScore()) : rank;
        int before = query.rerank() > 0 ? placeOf(search.unreranked()) : scored;
        Reason reason = hit > 0 ? Reason.IS_A_HIT : reason(sparse, before, scored, rank);
        String sentence = sentence(
                reason,
                reason == Reason.TOO_SIMILAR ? scored : before,
                rank,
                halves(dense, sparse));
        return new WhyNot(documentId, reason, sentence, List.of(), dense, sparse, before, rank);
    }

    /** @param scored its place after reranking, before hits were chosen to be unlike each other */
    private Reason reason(@Nullable Standing sparse, int before, int scored, int rank) {
        if (rank == 0) {
            return query.mode() == Query.Mode.SPARSE && sparse == null
                    ? Reason.NO_TERM_IN_COMMON
                    : Reason.NOT_A_CANDIDATE;
        }
        if (scored <= query.topK() && query.mmr() < 1) {
            return Reason.TOO_SIMILAR;
        }
        return before <= query.topK() && query.rerank() > 0 ? Reason.RERANKED : Reason.BEHIND_K;
    }

    private int placeOf(List<Candidate> ranking) {
        return place(ranking.stream().map(one -> one.place().documentId()).toList());
    }

    /** Where grouping counts documents, so does this. */
    private int place(List<String> ranking) {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < ranking.size(); i++) {
            String id = ranking.get(i);
            if (id.equals(documentId)) {
                return 1 + (query.perDocument() > 0 ? before.size() : i);
            }
            before.add(id);
        }
        return 0;
    }

    private @Nullable Standing dense(Standings standings, DenseRetriever half)
            throws IOException, InterruptedException {
        Standings.Found found = standings.dense(half.vector());
        return found == null ? null : standing(found, half.raw(found.score()), half);
    }

    private @Nullable Standing sparse(Standings standings, SparseRetriever half)
            throws IOException, InterruptedException {
        Standings.Found found = standings.sparse(half.terms().lucene());
        return found == null ? null : standing(found, found.score(), half);
    }

    private Standing standing(Standings.Found found, double raw, Retriever half)
            throws IOException, InterruptedException {
        boolean candidate = half.retrieve(query.depth()).stream()
                .anyMatch(one -> one.place().documentId().equals(documentId));
        int ordinal = snapshot.places(new int[] {found.doc()}).getFirst().ordinal();
        return new Standing(ordinal, raw, found.better() + 1, candidate);
    }

    private String sentence(Reason reason, int before, int rank, String halves) {
        return switch (reason) {
            case IS_A_HIT -> documentId + " is hit " + rank + halves;
            case NO_TERM_IN_COMMON ->
                documentId + " has no term of the question, and words alone were searched";
            case NOT_A_CANDIDATE ->
                documentId + " is not among the " + query.depth() + " candidates of each half"
                        + halves;
            case BEHIND_K ->
                documentId + " is at rank " + rank + ", behind the " + query.topK() + " hits"
                        + halves;
            case RERANKED ->
                documentId + " fell from rank " + before + " to rank " + rank
                        + " by reranking, behind the " + query.topK() + " hits" + halves;
            case TOO_SIMILAR ->
                documentId + " fell from rank " + before + " to rank " + rank
                        + " because it is like hits before it, behind the " + query.topK() + " hits"
                        + halves;
            case NOT_IN_CORPUS, NO_PASSAGES, FILTERED ->
                throw new IllegalStateException("has no rank: " + reason);
        };
    }

    private String halves(@Nullable Standing dense, @Nullable Standing sparse) {
        List<String> parts = new ArrayList<>();
        if (dense != null) {
            parts.add(half("dense", dense));
        }
        if (sparse != null) {
            parts.add(half("BM25", sparse));
        } else if (query.mode() != Query.Mode.DENSE) {
            parts.add("BM25: no term in common");
        }
        return "; " + String.join("; ", parts);
    }

    private String half(String name, Standing standing) {
        String missed = standing.candidate() || standing.rank() > query.depth()
                ? ""
                : ", missed by the approximate search";
        return String.format(
                Locale.ROOT, "%s %.4f at rank %d%s", name, standing.raw(), standing.rank(), missed);
    }
}
