package dev.kith.embedding;

import dev.kith.onnx.Output;

/** Makes one vector of the vectors that a model gives for the tokens of one row of a run. */
final class Pool {
    private Pool() {}

    /**
     * The vector of a row, not scaled; zeros if the row is padding alone.
     *
     * @param tokens how many of the row's columns are no padding
     */
    static float[] row(Output output, int row, int tokens, Pooling pooling) {
        int width = output.width();
        int rows = output.shape()[0];
        int columns = output.values().length / rows / width;
        float[] vector = new float[width];
        int from = row * columns * width;
        if (tokens == 0) {
            return vector;
        }
        if (columns == 1) {
            add(output.values(), from, 1, vector);
            return vector;
        }
        switch (pooling) {
            case MEAN -> {
                for (int token = 0; token < tokens; token++) {
                    add(output.values(), from + token * width, 1f / tokens, vector);
                }
            }
            case CLS -> add(output.values(), from, 1, vector);
            case LAST -> add(output.values(), from + (tokens - 1) * width, 1, vector);
        }
        return vector;
    }

    private static void add(float[] values, int from, float weight, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[from + i] * weight;
        }
    }

    /**
     * The leading components of a sum of vectors, scaled to length 1 or by the sum of their weights. A vector of zeros cannot
     * be scaled to length 1 and stays.
     *
     * @throws IllegalStateException if it is not finite, which says that the model is broken
     */
    static float[] finish(float[] sum, int weights, boolean normalize) {
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
