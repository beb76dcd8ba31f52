package dev.kith.retrieval.fusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Candidates in order of descending score, each once; ties stand in order of ascending row.
 *
 * @param rows what the candidates are called among those of one search
 * @param scores their scores, larger is better
 */
public record Ranking(int[] rows, double[] scores) {
    /** @throws IllegalArgumentException if the lengths differ */
    public Ranking {
        if (rows.length != scores.length) {
            throw new IllegalArgumentException(
                    rows.length + " rows and " + scores.length + " scores");
        }
    }

    /** The ranking of rows by their scores. */
    public static Ranking of(Map<Integer, Double> scores) {
        List<Map.Entry<Integer, Double>> entries = new ArrayList<>(scores.entrySet());
        entries.sort(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return new Ranking(
                entries.stream().mapToInt(Map.Entry::getKey).toArray(),
                entries.stream().mapToDouble(Map.Entry::getValue).toArray());
    }

    /** The number of candidates. */
    public int size() {
        return rows.length;
    }
}
