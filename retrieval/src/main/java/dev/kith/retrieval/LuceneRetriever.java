package dev.kith.retrieval;

import dev.kith.retrieval.store.Snapshot;
import dev.kith.retrieval.store.Snapshot.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** What the two halves have in common: the best documents of a Lucene query as candidates. */
final class LuceneRetriever {
    private LuceneRetriever() {}

    /** Candidates with Lucene's scores and no signals. */
    static List<Candidate> best(Snapshot snapshot, Query query, int depth) throws IOException {
        int size = Math.max(1, snapshot.searcher().getIndexReader().maxDoc());
        ScoreDoc[] found = snapshot.searcher().search(query, Math.min(depth, size)).scoreDocs;
        Arrays.sort(found, Comparator.comparingInt(hit -> hit.doc));
        List<Place> places =
                snapshot.places(Arrays.stream(found).mapToInt(hit -> hit.doc).toArray());
        List<Candidate> candidates = new ArrayList<>(found.length);
        for (int i = 0; i < found.length; i++) {
            candidates.add(
                    new Candidate(found[i].doc, places.get(i), found[i].score, Signals.NONE));
        }
        candidates.sort(Candidate.BEST_FIRST);
        return candidates;
    }
}
