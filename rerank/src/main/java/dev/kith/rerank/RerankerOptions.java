package dev.kith.rerank;

import dev.kith.onnx.ModelFolder;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a cross-encoder is run.
 *
 * @param maxTokens how many tokens the model reads at once: question, passage and special tokens
 * @param batchSize how many passages a run takes at most. Of no effect where company would change a passage's score:
 *     there each runs alone
 * @param batchTokens how many tokens a run takes at most, padding included; a longer single passage is a run of its own
 * @param callers how many runs are under way at once, each on one core
 */
public record RerankerOptions(int maxTokens, int batchSize, int batchTokens, int callers) {
    private static final int DEFAULT_MAX_TOKENS = 512;
    private static final int DEFAULT_BATCH_SIZE = 16;
    private static final int DEFAULT_BATCH_TOKENS = 2048;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public RerankerOptions {
        requirePositive("maxTokens", maxTokens);
        requirePositive("batchSize", batchSize);
        requirePositive("batchTokens", batchTokens);
        requirePositive("callers", callers);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** 512 tokens, up to 16 passages and 2048 tokens a run, one caller a core. */
    public static RerankerOptions defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new RerankerOptions(
                DEFAULT_MAX_TOKENS, DEFAULT_BATCH_SIZE, DEFAULT_BATCH_TOKENS, cores);
    }

    /**
     * {@link #defaults()} with the number of tokens that {@code config.json} and {@code tokenizer_config.json} beside a model
     * say; without {@code config.json}, at most as many as the model's table of positions is long.
     *
     * @throws IOException if a file is damaged; the message names it
     */
    public static RerankerOptions of(Path folder) throws IOException {
        return defaults().withMaxTokens(new ModelFolder(folder).positions(DEFAULT_MAX_TOKENS));
    }

    /** These, but with another number of tokens. */
    public RerankerOptions withMaxTokens(int newMaxTokens) {
        return new RerankerOptions(newMaxTokens, batchSize, batchTokens, callers);
    }

    /** These, but with another number of passages a run. */
    public RerankerOptions withBatchSize(int newBatchSize) {
        return new RerankerOptions(maxTokens, newBatchSize, batchTokens, callers);
    }

    /** These, but with another number of tokens a run. */
    public RerankerOptions withBatchTokens(int newBatchTokens) {
        return new RerankerOptions(maxTokens, batchSize, newBatchTokens, callers);
    }

    /** These, but with another number of runs at once. */
    public RerankerOptions withCallers(int newCallers) {
        return new RerankerOptions(maxTokens, batchSize, batchTokens, newCallers);
    }
}
