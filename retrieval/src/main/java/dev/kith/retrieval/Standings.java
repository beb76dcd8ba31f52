package dev.kith.retrieval;

import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** Exact places of one document's passages among all that a filter allows, by scanning: for diagnosis, not for searching. */
final class Standings {
    /** The best passage of the document and how many are better; scores are Lucene's. */
    record Found(int doc, double score, int better) {}

    private interface Scores {
        /** Hears of every allowed passage. */
        void see(int doc, double score);
    }

    private interface Scan {
        void run(Scores scores) throws IOException;
    }

    private final Snapshot snapshot;
    private final Query chunks;
    private final Query own;

    Standings(Snapshot snapshot, String documentId, @Nullable Query filter) {
        this.snapshot = snapshot;
        BooleanQuery.Builder allowed =
                new BooleanQuery.Builder().add(new FieldExistsQuery(Layout.VECTOR), Occur.FILTER);
        if (filter != null) {
            allowed.add(filter, Occur.FILTER);
        }
        this.chunks = allowed.build();
        this.own = new BooleanQuery.Builder()
                .add(chunks, Occur.FILTER)
                .add(new TermQuery(new Term(Layout.DOC, documentId)), Occur.FILTER)
                .build();
    }

    /** How many passages the document has that are allowed. */
    int passages() throws IOException {
        return snapshot.searcher().count(own);
    }

    /** By nearness to a vector, or null if no passage is allowed. */
    @Nullable
    Found dense(float[] vector) throws IOException {
        return best(scores -> scanVectors(vector, scores));
    }

    /** By a query's scores, or null if no allowed passage matches. */
    @Nullable
    Found sparse(Query query) throws IOException {
        Query both = new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(chunks, Occur.FILTER)
                .build();
        return best(scores -> scan(both, scores));
    }

    private @Nullable Found best(Scan scan) throws IOException {
        FixedBitSet mine =
                new FixedBitSet(Math.max(1, snapshot.searcher().getIndexReader().maxDoc()));
        scan(own, (doc, score) -> mine.set(doc));
        int[] bestDoc = {-1};
        double[] best = {Double.NEGATIVE_INFINITY};
        scan.run((doc, score) -> {
            if (mine.get(doc) && score > best[0]) {
                bestDoc[0] = doc;
                best[0] = score;
            }
        });
        if (bestDoc[0] < 0) {
            return null;
        }
        int[] better = new int[1];
        scan.run((doc, score) -> better[0] += score > best[0] ? 1 : 0);
        return new Found(bestDoc[0], best[0], better[0]);
    }

    private void scan(Query query, Scores scores) throws IOException {
        Weight weight = weight(query, ScoreMode.COMPLETE);
        for (LeafReaderContext context : snapshot.searcher().getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(context);
            Bits live = context.reader().getLiveDocs();
            if (scorer != null) {
                DocIdSetIterator docs = scorer.iterator();
                for (int doc = docs.nextDoc();
                        doc != DocIdSetIterator.NO_MORE_DOCS;
                        doc = docs.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        scores.see(context.docBase + doc, scorer.score());
                    }
                }
            }
        }
    }

    private void scanVectors(float[] vector, Scores scores) throws IOException {
        Weight weight = weight(chunks, ScoreMode.COMPLETE_NO_SCORES);
        for (LeafReaderContext context : snapshot.searcher().getIndexReader().leaves()) {
            Scorer allowed = weight.scorer(context);
            FloatVectorValues values = context.reader().getFloatVectorValues(Layout.VECTOR);
            VectorScorer scorer = values == null ? null : values.scorer(vector);
            if (allowed == null || scorer == null) {
                continue;
            }
            Bits live = context.reader().getLiveDocs();
            DocIdSetIterator docs = allowed.iterator();
            DocIdSetIterator rows = scorer.iterator();
            for (int doc = docs.nextDoc();
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = docs.nextDoc()) {
                if ((live == null || live.get(doc)) && rows.advance(doc) == doc) {
                    scores.see(context.docBase + doc, scorer.score());
                }
            }
        }
    }

    private Weight weight(Query query, ScoreMode mode) throws IOException {
        return snapshot.searcher().createWeight(snapshot.searcher().rewrite(query), mode, 1);
    }
}
