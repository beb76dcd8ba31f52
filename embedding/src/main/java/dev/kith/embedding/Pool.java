package dev.kith.embedding;

import dev.kith.onnx.Output;

/** Makes one vector of a model's output for one row, and one of several windows'. */
final class Pool {
    private final float[] sum;
    private float weights;

    Pool(int dimension) {
        sum = new float[dimension];
    }

    /** Adds a window's vector, with a weight. */
    void add(Output output, Pooling pooling, int weight) {
        int tokens = output.values().length / sum.length;
        switch (pooling) {
            case MEAN -> {
                for (int token = 0; token < tokens; token++) {
                    addToken(output.values(), token, (float) weight / tokens);
                }
            }
            case CLS -> addToken(output.values(), 0, weight);
            case LAST -> addToken(output.values(), tokens - 1, weight);
        }
        weights += weight;
    }

    private void addToken(float[] values, int token, float weight) {
        int from = token * sum.length;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[from + i] * weight;
        }
    }

    /**
     * The weighted mean of what was added. A vector of zeros cannot be scaled to length 1 and stays.
     *
     * @throws IllegalStateException if it is not finite, which says that the model is broken
     */
    float[] vector(boolean normalize) {
        double squares = 0;
        for (float x : sum) {
            squares += (double) x * x;
        }
        if (!Double.isFinite(squares)) {
            throw new IllegalStateException("the model gives numbers that are not finite");
        }
        double length = normalize ? Math.sqrt(squares) : weights;
        float scale = length == 0 ? 0 : (float) (1 / length);
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }
}
