package dev.kith.retrieval.evaluation;

import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.retrieval.fusion.Ranking;
import dev.kith.retrieval.store.Snapshot.Place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses a corpus's fusion by judged queries: tries every fusion of a grid and takes the one with the largest mean nDCG@10;
 * of equals the first. A few dozen queries suffice for one weight (Bruch, Gai, Ingber, TOIS 2023). The same corpus, queries and
 * seed give the same answer.
 */
public final class FusionTuner {
    private static final int CUT = 10;
    private static final int STEPS = 20;

    /** What both halves found for a query; rows count {@code documents}, the document of each row. */
    private record Judged(
            Ranking dense, Ranking sparse, List<String> documents, Map<String, Integer> grades) {
        double ndcg(Fusion fusion) {
            Ranking fused = fusion.fuse(dense, sparse);
            Map<String, Double> scores = new HashMap<>();
            for (int i = 0; i < fused.size(); i++) {
                scores.merge(documents.get(fused.rows()[i]), fused.scores()[i], Math::max);
            }
            return Metrics.ndcg(Metrics.ranked(scores), grades, CUT);
        }
    }

    private FusionTuner() {}

    /**
     * What {@link #tuneFusion(Corpus, Map, Map, long)} tries: min-max, theoretical-min and distribution-based with alpha in
     * steps of 0.05, reciprocal ranks with k of 10, 60 and 100 and alpha in steps of 0.1.
     */
    public static List<Fusion> grid() {
        List<Fusion> grid = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            grid.add(Fusion.minMax((double) step / STEPS));
        }
        for (int step = 0; step <= STEPS; step++) {
            grid.add(Fusion.theoreticalMin((double) step / STEPS));
        }
        for (int step = 0; step <= STEPS; step++) {
            grid.add(Fusion.distributionBased((double) step / STEPS));
        }
        for (int k : new int[] {10, 60, 100}) {
            for (int step = 0; step <= STEPS; step += 2) {
                grid.add(Fusion.rrf(k, (double) step / STEPS));
            }
        }
        return grid;
    }

    /**
     * Tries {@link #grid}.
     *
     * @param queries the queries' texts by id
     * @param qrels by query, the grades of judged documents; above 0 is relevant
     * @param seed decides which queries form which half in the cross-validation
     * @throws IllegalArgumentException if fewer than two of the queries have a relevant document
     */
    public static TunedFusion tuneFusion(
            Corpus corpus,
            Map<String, String> queries,
            Map<String, Map<String, Integer>> qrels,
            long seed)
            throws IOException, InterruptedException {
        return tuneFusion(corpus, queries, qrels, grid(), seed);
    }

    /**
     * Tries some fusions.
     *
     * @throws IllegalArgumentException if there are none, or fewer than two of the queries have a relevant document
     */
    public static TunedFusion tuneFusion(
            Corpus corpus,
            Map<String, String> queries,
            Map<String, Map<String, Integer>> qrels,
            List<Fusion> fusions,
            long seed)
            throws IOException, InterruptedException {
        if (fusions.isEmpty()) {
            throw new IllegalArgumentException("no fusion to try");
        }
        List<Judged> judged = judged(corpus, queries, qrels);
        double[][] ndcg = new double[fusions.size()][judged.size()];
        for (int i = 0; i < ndcg.length; i++) {
            for (int query = 0; query < judged.size(); query++) {
                ndcg[i][query] = judged.get(query).ndcg(fusions.get(i));
            }
        }
        List<Integer> shuffled = new ArrayList<>();
        for (int query = 0; query < judged.size(); query++) {
            shuffled.add(query);
        }
        int best = best(ndcg, shuffled);
        List<TunedFusion.Trial> trials = new ArrayList<>();
        for (int i = 0; i < ndcg.length; i++) {
            trials.add(
                    new TunedFusion.Trial(fusions.get(i), sum(ndcg[i], shuffled) / judged.size()));
        }
        Collections.shuffle(shuffled, new Random(seed));
        List<Integer> first = shuffled.subList(0, judged.size() / 2);
        List<Integer> second = shuffled.subList(judged.size() / 2, judged.size());
        int bestOfFirst = best(ndcg, first);
        int bestOfSecond = best(ndcg, second);
        double unseen = sum(ndcg[bestOfSecond], first) + sum(ndcg[bestOfFirst], second);
        return new TunedFusion(
                fusions.get(best),
                trials.get(best).ndcg10(),
                unseen / judged.size(),
                List.of(fusions.get(bestOfFirst), fusions.get(bestOfSecond)),
                judged.size(),
                trials);
    }

    private static int best(double[][] ndcg, List<Integer> queries) {
        int best = 0;
        for (int i = 1; i < ndcg.length; i++) {
            if (sum(ndcg[i], queries) > sum(ndcg[best], queries)) {
                best = i;
            }
        }
        return best;
    }

    private static double sum(double[] ndcg, List<Integer> queries) {
        double sum = 0;
        for (int query : queries) {
            sum += ndcg[query];
        }
        return sum;
    }

    private static List<Judged> judged(
            Corpus corpus, Map<String, String> queries, Map<String, Map<String, Integer>> qrels)
            throws IOException, InterruptedException {
        List<Judged> judged = new ArrayList<>();
        for (String id : new TreeSet<>(queries.keySet())) {
            Map<String, Integer> grades = qrels.getOrDefault(id, Map.of());
            if (grades.values().stream().anyMatch(grade -> grade > 0)) {
                judged.add(judged(corpus, queries.getOrDefault(id, ""), grades));
            }
        }
        if (judged.size() < 2) {
            throw new IllegalArgumentException(
                    "tuning needs two queries or more that have a relevant document, found "
                            + judged.size());
        }
        return judged;
    }

    private static Judged judged(Corpus corpus, String text, Map<String, Integer> grades)
            throws IOException, InterruptedException {
        Query query = Query.of(text);
        query = query.topK(query.depth());
        List<Hit> dense = corpus.search(query.candidates(query.topK()).mode(Query.Mode.DENSE))
                .hits();
        List<Hit> sparse = corpus.search(query.candidates(query.topK()).mode(Query.Mode.SPARSE))
                .hits();
        // In order of place, as a hybrid search numbers them.
        Map<Place, Integer> rows = new TreeMap<>();
        dense.forEach(hit -> rows.put(place(hit), 0));
        sparse.forEach(hit -> rows.put(place(hit), 0));
        List<String> documents = new ArrayList<>();
        rows.replaceAll((place, unnumbered) -> {
            documents.add(place.documentId());
            return documents.size() - 1;
        });
        return new Judged(ranking(dense, rows), ranking(sparse, rows), documents, grades);
    }

    private static Place place(Hit hit) {
        return new Place(hit.documentId(), hit.ordinal());
    }

    private static Ranking ranking(List<Hit> hits, Map<Place, Integer> rows) {
        int[] found = new int[hits.size()];
        double[] scores = new double[hits.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = rows.getOrDefault(place(hits.get(i)), -1);
            scores[i] = hits.get(i).score();
        }
        return new Ranking(found, scores);
    }
}
