package dev.kith.onnx;

/**
 * What a model computed.
 *
 * @param values the numbers, last dimension fastest
 * @param shape the length of each dimension, rows first
 */
public record Output(float[] values, int[] shape) {
    /** How many numbers each entry of the last dimension has. */
    public int width() {
        return shape[shape.length - 1];
    }
}
