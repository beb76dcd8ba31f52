package dev.kith.embedding;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a model is used. Up to {@code maxTokens} the settings are part of the model: with others than it was trained with it
 * gives vectors that look right and find little. {@link KnownModel} has them for models by name, {@link #of(Path)} from the
 * files beside a model.
 *
 * @param pooling how one vector is made of the tokens'; of no effect if the model pools by itself
 * @param normalize whether vectors are scaled to length 1
 * @param queryPrefix what is put before a question
 * @param documentPrefix what is put before a passage
 * @param maxTokens how many tokens the model reads at once, special tokens and prefix included
 * @param dimension how many leading components of a vector are kept, 0 for all: only models trained as Matryoshka
 *     embeddings (Kusupati et al., 2022) keep their meaning in fewer
 * @param longText what becomes of longer text
 * @param batchTokens how many tokens at most several texts in one run of the model have together, padding included; 1 for
 *     a text a run. Of no effect on vectors: where company would change a text's vector, texts run alone
 * @param callers how many runs there are at once, each on one core
 */
public record EmbedderOptions(
        Pooling pooling,
        boolean normalize,
        String queryPrefix,
        String documentPrefix,
        int maxTokens,
        int dimension,
        LongText longText,
        int batchTokens,
        int callers) {
    private static final int DEFAULT_MAX_TOKENS = 256;
    private static final int DEFAULT_BATCH_TOKENS = 512;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public EmbedderOptions {
        requirePositive("maxTokens", maxTokens);
        requirePositive("batchTokens", batchTokens);
        requirePositive("callers", callers);
        if (dimension < 0) {
            throw new IllegalArgumentException("dimension must not be negative: " + dimension);
        }
    }

    private static void requirePositive(String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + number);
        }
    }

    /**
     * Those of all-MiniLM-L6-v2: mean, length 1, no prefixes, 256 tokens, all components, long text split, runs of up to 512
     * tokens, one caller a core.
     */
    public static EmbedderOptions defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new EmbedderOptions(
                Pooling.MEAN,
                true,
                "",
                "",
                DEFAULT_MAX_TOKENS,
                0,
                LongText.SPLIT,
                DEFAULT_BATCH_TOKENS,
                cores);
    }

    /**
     * What the files beside a model say, as sentence-transformers writes them ({@code sentence_bert_config.json}, {@code
     * modules.json}, {@code 1_Pooling/config.json}, {@code config_sentence_transformers.json}) and {@code config.json}.
     * Where they say nothing: what is known of the model that {@code config.json} or the folder is named after, else
     * {@link #defaults()}.
     *
     * @throws IOException if a file is damaged, contradicts another or asks for what is not supported; the message names it
     */
    public static EmbedderOptions of(Path folder) throws IOException {
        return new ExportedSettings(folder).options();
    }

    /** These, but with another pooling. */
    public EmbedderOptions withPooling(Pooling newPooling) {
        return new EmbedderOptions(
                newPooling,
                normalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                dimension,
                longText,
                batchTokens,
                callers);
    }

    /** These, but with vectors scaled or not. */
    public EmbedderOptions withNormalize(boolean newNormalize) {
        return new EmbedderOptions(
                pooling,
                newNormalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                dimension,
                longText,
                batchTokens,
                callers);
    }

    /** These, but with other prefixes; spaces at their ends count. */
    public EmbedderOptions withPrefixes(String query, String document) {
        return new EmbedderOptions(
                pooling,
                normalize,
                query,
                document,
                maxTokens,
                dimension,
                longText,
                batchTokens,
                callers);
    }

    /** These, but with another number of tokens. */
    public EmbedderOptions withMaxTokens(int newMaxTokens) {
        return new EmbedderOptions(
                pooling,
                normalize,
                queryPrefix,
                documentPrefix,
                newMaxTokens,
                dimension,
                longText,
                batchTokens,
                callers);
    }

    /** These, but with another number of components, 0 for all. */
    public EmbedderOptions withDimension(int newDimension) {
        return new EmbedderOptions(
                pooling,
                normalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                newDimension,
                longText,
                batchTokens,
                callers);
    }

    /** These, but with another way with long text. */
    public EmbedderOptions withLongText(LongText newLongText) {
        return new EmbedderOptions(
                pooling,
                normalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                dimension,
                newLongText,
                batchTokens,
                callers);
    }

    /** These, but with runs of another size. */
    public EmbedderOptions withBatchTokens(int newBatchTokens) {
        return new EmbedderOptions(
                pooling,
                normalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                dimension,
                longText,
                newBatchTokens,
                callers);
    }

    /** These, but with another number of runs at once. */
    public EmbedderOptions withCallers(int newCallers) {
        return new EmbedderOptions(
                pooling,
                normalize,
                queryPrefix,
                documentPrefix,
                maxTokens,
                dimension,
                longText,
                batchTokens,
                newCallers);
    }

    /** What of these changes vectors. */
    String identity() {
        return "%s,%s,%d,%s,'%s','%s'%s"
                .formatted(
                        pooling,
                        normalize ? "normalized" : "raw",
                        maxTokens,
                        longText,
                        queryPrefix,
                        documentPrefix,
                        dimension == 0 ? "" : ",first " + dimension);
    }
}
