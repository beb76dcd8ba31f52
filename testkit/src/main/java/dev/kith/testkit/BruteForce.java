package dev.kith.testkit;

import dev.kith.Metric;
import dev.kith.RowMask;
import dev.kith.SearchResult;
import dev.kith.Vectors;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The oracle: distances in double precision and a sort of everything. */
public final class BruteForce {
    private BruteForce() {}

    /** The distance between two vectors, in the metric's terms. */
    public static double distance(float[] a, float[] b, Metric metric) {
        double dot = 0;
        double squares = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return switch (metric) {
            case EUCLIDEAN -> squares;
            case DOT_PRODUCT -> -dot;
            case COSINE -> 1 - dot / Math.sqrt(aa * bb);
        };
    }

    /** The nearest min(k, allowed) rows, nearest first, equal distances by ascending row. */
    public static int[] nearest(
            Vectors rows, Metric metric, float[] query, int k, @Nullable RowMask allowed) {
        double[] distances = IntStream.range(0, rows.size())
                .mapToDouble(row -> distance(rows.row(row), query, metric))
                .toArray();
        return IntStream.range(0, rows.size())
                .filter(row -> allowed == null || allowed.allows(row))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> distances[row]))
                .limit(k)
                .mapToInt(row -> row)
                .toArray();
    }

    /**
     * The share of the nearest rows that a search found. A row as near as the last of them counts as one of them, so that
     * ties are nobody's fault; 1 if there are none to find.
     */
    public static double recall(
            Vectors rows, Metric metric, float[] query, int[] nearest, SearchResult found) {
        if (nearest.length == 0) {
            return 1;
        }
        double last = distance(rows.row(nearest[nearest.length - 1]), query, metric);
        long hits = IntStream.of(found.rows())
                .filter(row ->
                        distance(rows.row(row), query, metric) <= last + 1e-5 * Math.abs(last))
                .count();
        return (double) hits / nearest.length;
    }
}
