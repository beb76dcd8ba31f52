package dev.kith.lucene;

import dev.kith.Metric;

import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/**
 * Between Lucene's similarities and Kith's metrics: which metric serves a similarity, and Lucene's score for a distance, by
 * the formulas of {@link VectorSimilarityFunction}.
 */
record Similarity(VectorSimilarityFunction function, VectorEncoding encoding, int dimension) {
    Metric metric() {
        return switch (function) {
            case EUCLIDEAN -> Metric.EUCLIDEAN;
            case COSINE -> Metric.COSINE;
            case DOT_PRODUCT, MAXIMUM_INNER_PRODUCT -> Metric.DOT_PRODUCT;
        };
    }

    float score(float distance) {
        return switch (function) {
            case EUCLIDEAN -> 1 / (1 + distance);
            case COSINE -> Math.max(1 - distance / 2, 0);
            case DOT_PRODUCT ->
                encoding == VectorEncoding.BYTE
                        ? 0.5f - distance / ((float) dimension * (1 << 15))
                        : Math.max((1 - distance) / 2, 0);
            case MAXIMUM_INNER_PRODUCT -> VectorUtil.scaleMaxInnerProductScore(-distance);
        };
    }
}
