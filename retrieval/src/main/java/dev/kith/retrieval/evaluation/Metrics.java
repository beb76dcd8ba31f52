package dev.kith.retrieval.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Retrieval metrics of one ranking, as trec_eval 9 computes them. A document is relevant if its grade is above 0; one without
 * a grade is not relevant. Each metric is in [0, 1], and 0 where no document is relevant. {@code k} is the number of ranks
 * that count, at least 1; {@link Integer#MAX_VALUE} counts all.
 */
public final class Metrics {
    private Metrics() {}

    /**
     * The documents in trec_eval's order: by descending score, compared as {@code float}s, ties by descending id in the order of
     * UTF-8 bytes.
     */
    public static List<String> ranked(Map<String, Double> scores) {
        List<Map.Entry<String, Double>> entries = new ArrayList<>(scores.entrySet());
        // Adding zero makes -0 equal to 0, as C compares them.
        entries.sort(Comparator.comparingDouble(
                        (Map.Entry<String, Double> entry) -> entry.getValue().floatValue() + 0f)
                .thenComparing(Map.Entry::getKey, Metrics::compareCodePoints)
                .reversed());
        return entries.stream().map(Map.Entry::getKey).toList();
    }

    /** The order of UTF-8 bytes: Java's own order puts surrogates before the last characters of the basic plane. */
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** The relevant documents among the first k, divided by k, even if fewer were found. */
    public static double precision(List<String> ranked, Map<String, Integer> grades, int k) {
        return (double) found(ranked, grades, k) / k;
    }

    /** The share of the relevant documents that is among the first k. */
    public static double recall(List<String> ranked, Map<String, Integer> grades, int k) {
        long relevant = relevant(grades);
        return relevant == 0 ? 0 : (double) found(ranked, grades, k) / relevant;
    }

    /** 1 if a relevant document is among the first k, else 0; the mean over queries is the hit rate. */
    public static double hit(List<String> ranked, Map<String, Integer> grades, int k) {
        return found(ranked, grades, k) > 0 ? 1 : 0;
    }

    /** One over the rank of the first relevant document, or 0 if there is none among the first k. */
    public static double reciprocalRank(List<String> ranked, Map<String, Integer> grades, int k) {
        for (int i = 0; i < Math.min(k, ranked.size()); i++) {
            if (isRelevant(ranked.get(i), grades)) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    /** The precision at each relevant document among the first k, summed and divided by all relevant documents. */
    public static double averagePrecision(List<String> ranked, Map<String, Integer> grades, int k) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < Math.min(k, ranked.size()); i++) {
            if (isRelevant(ranked.get(i), grades)) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return sum == 0 ? 0 : sum / relevant(grades);
    }

    /** The precision at the rank that is the number of relevant documents. */
    public static double rPrecision(List<String> ranked, Map<String, Integer> grades) {
        int relevant = (int) relevant(grades);
        return relevant == 0 ? 0 : precision(ranked, grades, relevant);
    }

    /**
     * The normalised discounted cumulative gain of the first k, in [0, 1]: gains are the grades, as they are (Järvelin,
     * Kekäläinen, TOIS 2002, with trec_eval's discount 1 / log2(rank + 1)); the ideal is the best order of all judged documents.
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

    /**
     * How rarely documents judged not relevant stand before relevant ones (Buckley, Voorhees, SIGIR 2004): documents without a
     * judgement, or with a negative grade, do not count, so that incomplete judgements do less harm.
     */
    public static double bpref(List<String> ranked, Map<String, Integer> grades) {
        long relevant = relevant(grades);
        long refused = grades.values().stream().filter(grade -> grade == 0).count();
        double sum = 0;
        long before = 0;
        for (String id : ranked) {
            int grade = grades.getOrDefault(id, -1);
            if (grade == 0) {
                before++;
            } else if (grade > 0) {
                sum += before == 0
                        ? 1
                        : 1 - (double) Math.min(before, relevant) / Math.min(relevant, refused);
            }
        }
        return relevant == 0 ? 0 : sum / relevant;
    }

    private static double discount(int index) {
        return Math.log(2) / Math.log(index + 2.0);
    }

    private static boolean isRelevant(String id, Map<String, Integer> grades) {
        return grades.getOrDefault(id, 0) > 0;
    }

    private static long relevant(Map<String, Integer> grades) {
        return grades.values().stream().filter(grade -> grade > 0).count();
    }

    private static long found(List<String> ranked, Map<String, Integer> grades, int k) {
        return ranked.stream().limit(k).filter(id -> isRelevant(id, grades)).count();
    }
}
