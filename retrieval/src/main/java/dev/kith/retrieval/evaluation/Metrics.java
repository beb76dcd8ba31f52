package dev.kith.retrieval.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Retrieval metrics as trec_eval computes them. A document is relevant if its grade is above 0. */
public final class Metrics {
    private Metrics() {}

    /** The documents in trec_eval's order: by descending score, ties by descending id. */
    public static List<String> ranked(Map<String, Double> scores) {
        List<Map.Entry<String, Double>> entries = new ArrayList<>(scores.entrySet());
        entries.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
        return entries.stream().map(Map.Entry::getKey).toList();
    }

    /**
     * The normalised discounted cumulative gain of the first k, in [0, 1]: gains are the grades, as they are (Järvelin,
     * Kekäläinen, TOIS 2002, with trec_eval's discount 1 / log2(rank + 1)).
     */
    public static double ndcg(List<String> ranked, Map<String, Integer> grades, int k) {
        double gain = 0;
        for (int i = 0; i < Math.min(k, ranked.size()); i++) {
            gain += Math.max(0, grades.getOrDefault(ranked.get(i), 0)) * discount(i);
        }
        List<Integer> ideal = grades.values().stream()
                .filter(grade -> grade > 0)
                .sorted(Comparator.reverseOrder())
                .limit(k)
                .toList();
        double best = 0;
        for (int i = 0; i < ideal.size(); i++) {
            best += ideal.get(i) * discount(i);
        }
        return best == 0 ? 0 : gain / best;
    }

    private static double discount(int index) {
        return Math.log(2) / Math.log(index + 2.0);
    }

    /** The share of the relevant documents that is among the first k, in [0, 1]. */
    public static double recall(List<String> ranked, Map<String, Integer> grades, int k) {
        long relevant = grades.values().stream().filter(grade -> grade > 0).count();
        long found = ranked.stream()
                .limit(k)
                .filter(id -> grades.getOrDefault(id, 0) > 0)
                .count();
        return relevant == 0 ? 0 : (double) found / relevant;
    }

    /** One over the rank of the first relevant document, or 0 if there is none among the first k. */
    public static double reciprocalRank(List<String> ranked, Map<String, Integer> grades, int k) {
        for (int i = 0; i < Math.min(k, ranked.size()); i++) {
            if (grades.getOrDefault(ranked.get(i), 0) > 0) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }
}
