package dev.kith.embedding;

import dev.kith.text.Embedding;
import dev.kith.tokenizers.ModelInput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A text on its way through the model: one window or several, whose vectors come in any order and become one. */
final class Passage {
    /**
     * What the model reads of a text at once.
     *
     * @param passage the text
     * @param number the window's, from 0
     * @param input its tokens with prefix and special ones
     * @param weight how many tokens of the text, at least 1
     */
    record Window(Passage passage, int number, ModelInput input, int weight) {}

    private final List<Window> windows = new ArrayList<>();
    private final int tokens;
    private final int dropped;
    private final float[][] vectors;
    private final AtomicInteger missing;

    /**
     * A text without windows yet.
     *
     * @param tokens how many of its tokens the windows will have
     * @param dropped how many they will not
     */
    Passage(int count, int tokens, int dropped) {
        this.tokens = tokens;
        this.dropped = dropped;
        this.vectors = new float[count][];
        this.missing = new AtomicInteger(count);
    }

    void add(ModelInput input, int weight) {
        windows.add(new Window(this, windows.size(), input, weight));
    }

    List<Window> windows() {
        return windows;
    }

    /** Takes a window's vector; true for the last one to come. */
    boolean put(Window window, float[] vector) {
        vectors[window.number()] = vector;
        return missing.decrementAndGet() == 0;
    }

    /**
     * The mean of the windows' vectors, weighted by their tokens, once all have come.
     *
     * @param dimension how many leading components to keep
     */
    Embedding embedding(int dimension, boolean normalize) {
        float[] sum = new float[dimension];
        int weights = 0;
        for (Window window : windows) {
            float[] vector = vectors[window.number()];
            for (int i = 0; i < dimension; i++) {
                sum[i] += vector[i] * window.weight();
            }
            weights += window.weight();
        }
        return new Embedding(Pool.finish(sum, weights, normalize), tokens, dropped);
    }

    /**
     * Puts windows of like length together, the longest first, so that no thread starts on one when the others are done.
     *
     * @param batchTokens how many tokens a group has at most, each window counted as long as its longest; one window may
     *     have more
     */
    static List<List<Window>> batches(Passage[] passages, int batchTokens) {
        List<Window> sorted = Arrays.stream(passages)
                .flatMap(passage -> passage.windows().stream())
                .sorted(Comparator.comparingInt(
                                (Window window) -> window.input().size())
                        .reversed())
                .toList();
        List<List<Window>> batches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); ) {
            int longest = Math.max(1, sorted.get(from).input().size());
            int to = Math.min(from + Math.max(1, batchTokens / longest), sorted.size());
            batches.add(sorted.subList(from, to));
            from = to;
        }
        return batches;
    }
}
