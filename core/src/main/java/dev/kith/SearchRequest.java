package dev.kith;

import org.jspecify.annotations.Nullable;

/**
 * What to search for: the nearest {@code k} rows to a query.
 *
 * @param query the vector, of the index's dimension; used, not copied
 * @param k how many rows to return, at least 1; an index with fewer (allowed) rows returns them all
 * @param effort how hard to look, one number per family (ef of HNSW, nprobe of IVF), or 0 for the family's default; an
 *     exact index ignores it
 * @param recall instead of an effort: the share of the true nearest rows that should be found, in (0, 1), or 0. An index
 *     that is calibrated chooses the effort that reached it, on rows like its own and without a mask; queries unlike them
 *     may get less. An index that is exact, too small to be calibrated, or written before its family was, answers exactly
 * @param allowed the rows that may be returned, or null for all
 */
public record SearchRequest(
        float[] query,
        int k,
        int effort,
        double recall,
        @Nullable RowMask allowed) {
    /**
     * @throws IllegalArgumentException if k is below 1, the effort is negative, the recall is not in [0, 1) or given beside
     *     an effort, or the query is empty or has a NaN or infinite component
     */
    public SearchRequest {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
        if (effort < 0) {
            throw new IllegalArgumentException("effort must not be negative: " + effort);
        }
        if (!(recall >= 0 && recall < 1)) {
            throw new IllegalArgumentException("recall must be in [0, 1): " + recall);
        }
        if (effort > 0 && recall > 0) {
            throw new IllegalArgumentException(
                    "either an effort or a recall: " + effort + " and " + recall);
        }
        if (query.length == 0) {
            throw new IllegalArgumentException("the query has no components");
        }
        Metric.checkFinite(query, "query");
    }

    /** A request by effort. */
    public SearchRequest(float[] query, int k, int effort, @Nullable RowMask allowed) {
        this(query, k, effort, 0, allowed);
    }

    /** The nearest {@code k} rows among all, with the family's default effort. */
    public static SearchRequest of(float[] query, int k) {
        return new SearchRequest(query, k, 0, null);
    }

    /** The same request with another effort. */
    public SearchRequest withEffort(int effort) {
        return new SearchRequest(query, k, effort, allowed);
    }

    /** The same request with a recall instead of an effort. */
    public SearchRequest withRecall(double recall) {
        return new SearchRequest(query, k, 0, recall, allowed);
    }

    /** The same request among the allowed rows only. */
    public SearchRequest withAllowed(@Nullable RowMask allowed) {
        return new SearchRequest(query, k, effort, recall, allowed);
    }

    /**
     * Refuses a request that does not fit an index.
     *
     * @throws IllegalArgumentException if the query's dimension differs, the query is zero under cosine, or the mask
     *     speaks of another number of rows
     */
    public void check(int dimension, Metric metric, int size) {
        Metric.checkDimension(query, dimension, "query");
        metric.checkDirection(query, "query");
        if (allowed != null && allowed.size() != size) {
            throw new IllegalArgumentException(
                    "the mask speaks of " + allowed.size() + " rows, but the index has " + size);
        }
    }

    /** How many rows the search must return: min(k, allowed rows). */
    public int expected(int size) {
        return Math.min(k, allowed == null ? size : allowed.cardinality());
    }
}
