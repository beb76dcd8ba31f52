package dev.kith.retrieval;

import java.util.Arrays;
import java.util.List;

/**
 * Maximal marginal relevance: chooses one item after the other, each time that of the greatest {@code lambda * relevance - (1 -
 * lambda) * its greatest cosine with an item chosen before}. Carbonell and Goldstein, SIGIR 1998.
 */
final class MarginalRelevance {
    private final double[] relevances;
    private final List<float[]> vectors;
    private final double lambda;
    private final double[] lengths;
    /** Of each item the greatest cosine with one that was chosen. */
    private final double[] nearest;

    private final boolean[] chosen;

    MarginalRelevance(double[] relevances, List<float[]> vectors, double lambda) {
        this.relevances = relevances;
        this.vectors = vectors;
        this.lambda = lambda;
        this.lengths = vectors.stream().mapToDouble(v -> Math.sqrt(dot(v, v))).toArray();
        this.nearest = new double[relevances.length];
        this.chosen = new boolean[relevances.length];
    }

    /** The first {@code k} items in the order of their choice; of equals the one that comes first. */
    int[] choose(int k) throws InterruptedException {
        int[] order = new int[k];
        for (int i = 0; i < k; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int best = best(i == 0);
            order[i] = best;
            chosen[best] = true;
            if (i == 0) {
                Arrays.fill(nearest, -1);
            }
            for (int other = 0; other < nearest.length; other++) {
                nearest[other] = Math.max(nearest[other], cosine(best, other));
            }
        }
        return order;
    }

    /** The best of those left; the first of all has nothing to be unlike. */
    private int best(boolean first) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < relevances.length; i++) {
            double value =
                    first ? relevances[i] : lambda * relevances[i] - (1 - lambda) * nearest[i];
            if (!chosen[i] && value > most) {
                best = i;
                most = value;
            }
        }
        return best;
    }

    /** 0 if one vector has no length. */
    private double cosine(int a, int b) {
        double length = lengths[a] * lengths[b];
        return length == 0 ? 0 : dot(vectors.get(a), vectors.get(b)) / length;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
