package dev.kith.hnsw;

import dev.kith.BuildContext;
import dev.kith.Progress;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Data, and the shortest ways to build and to judge. */
final class Fixtures {
    private Fixtures() {}

    /** Rows around random centres, whose coordinates lie in [0, spread). */
    static float[][] clustered(int size, int dimension, int clusters, float spread, long seed) {
        Random random = new Random(seed);
        float[][] centres = new float[clusters][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = spread * random.nextFloat();
            }
        }
        float[][] rows = new float[size][];
        for (int row = 0; row < size; row++) {
            rows[row] = centres[random.nextInt(clusters)].clone();
            for (int i = 0; i < dimension; i++) {
                rows[row][i] += (float) random.nextGaussian();
            }
        }
        return rows;
    }

    static VectorIndex build(float[][] rows, HnswSpec spec, int threads) {
        try {
            Vectors vectors = rows.length == 0 ? Vectors.of(4) : Vectors.of(rows);
            return VectorIndex.build(vectors, spec, new BuildContext(threads, Progress.NONE));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The share of the true nearest rows that was found; a row as near as the k-th counts. */
    static double recall(SearchResult found, SearchResult truth) {
        int hits = 0;
        float limit = truth.size() == 0 ? 0 : truth.distances()[truth.size() - 1];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            if (seen.add(found.rows()[i]) && found.distances()[i] <= limit) {
                hits++;
            }
        }
        return truth.size() == 0 ? 1 : (double) hits / truth.size();
    }

    /** The mean recall over queries, against the exact index. */
    static double recall(
            VectorIndex index, VectorIndex exact, float[][] queries, SearchRequest of) {
        double sum = 0;
        for (float[] query : queries) {
            SearchRequest request = new SearchRequest(query, of.k(), of.effort(), of.allowed());
            sum += recall(index.search(request), exact.search(request));
        }
        return sum / queries.length;
    }
}
