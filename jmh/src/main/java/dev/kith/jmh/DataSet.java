package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.VectorFiles;
import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What all rivals are given: rows, queries and for each query its true nearest rows.
 *
 * @param truth row numbers, nearest first
 */
public record DataSet(float[][] base, float[][] queries, int[][] truth, Metric metric) {
    private static final long SEED = 42;
    private static final int TRUTH = 10;

    /** Reads a data set in any format of {@link VectorFiles}, with the first few queries. */
    static DataSet read(Path base, Path query, Path truth, Metric metric, int queries)
            throws IOException {
        float[][] first = floats(query);
        int count = Math.min(queries, first.length);
        return new DataSet(
                floats(base),
                Arrays.copyOf(first, count),
                Arrays.copyOf(VectorFiles.ints(truth), count),
                metric);
    }

    /** Seeded clusters under the Euclidean distance, with the true neighbours from an exact scan. */
    static DataSet clustered(int size, int dimension, int queries) throws InterruptedException {
        Random random = new Random(SEED);
        float[][] centres = new float[size / 100][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        float[][] rows = new float[size + queries][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = centres[random.nextInt(centres.length)].clone();
            for (int i = 0; i < dimension; i++) {
                rows[row][i] += 0.5f * (float) random.nextGaussian();
            }
        }
        float[][] base = Arrays.copyOf(rows, size);
        float[][] asked = Arrays.copyOfRange(rows, size, rows.length);
        try (VectorIndex exact = VectorIndex.build(
                Vectors.of(base), new FlatSpec(Metric.EUCLIDEAN), BuildContext.defaults())) {
            int[][] truth = Arrays.stream(asked)
                    .map(query -> exact.search(SearchRequest.of(query, TRUTH)).rows())
                    .toArray(int[][]::new);
            return new DataSet(base, asked, truth, Metric.EUCLIDEAN);
        }
    }

    int dimension() {
        return base[0].length;
    }

    /** The share of the true k nearest rows among those found for a query; a row counts once. */
    double recall(int query, int[] found, int k) {
        Set<Integer> wanted = nearest(query, k);
        int hits = 0;
        for (int row : found) {
            if (wanted.remove(row)) {
                hits++;
            }
        }
        return (double) hits / k;
    }

    /** The true k nearest rows of a query. */
    Set<Integer> nearest(int query, int k) {
        Set<Integer> wanted = new HashSet<>();
        for (int i = 0; i < k; i++) {
            wanted.add(truth[query][i]);
        }
        return wanted;
    }

    private static float[][] floats(Path file) throws IOException {
        Vectors rows = VectorFiles.open(file);
        return IntStream.range(0, rows.size()).mapToObj(rows::row).toArray(float[][]::new);
    }
}
