package dev.kith.embedding;

import dev.kith.onnx.ModelFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a model is used. All but the last are part of the model: with others than it was trained with it gives vectors that
 * look right and find little.
 *
 * @param pooling how one vector is made of the tokens'; of no effect if the model pools by itself
 * @param normalize whether vectors are scaled to length 1
 * @param queryPrefix what is put before a question
 * @param documentPrefix what is put before a passage
 * @param maxTokens how many tokens the model reads at once, special tokens and prefix included
 * @param longText what becomes of longer text
 * @param callers how many texts are embedded at once, each on one core
 */
public record EmbedderOptions(
        Pooling pooling,
        boolean normalize,
        String queryPrefix,
        String documentPrefix,
        int maxTokens,
        LongText longText,
        int callers) {
    private static final int DEFAULT_MAX_TOKENS = 256;
    private static final String POOLING = "1_Pooling/config.json";
    private static final String PROMPTS = "config_sentence_transformers.json";

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public EmbedderOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be positive: " + maxTokens);
        }
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be positive: " + callers);
        }
    }

    /** Those of all-MiniLM-L6-v2: mean, length 1, no prefixes, 256 tokens, long text split, one caller a core. */
    public static EmbedderOptions defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new EmbedderOptions(
                Pooling.MEAN, true, "", "", DEFAULT_MAX_TOKENS, LongText.SPLIT, cores);
    }

    /**
     * What the files beside a model say, as sentence-transformers writes them ({@code sentence_bert_config.json}, {@code
     * modules.json}, {@code 1_Pooling/config.json}, {@code config_sentence_transformers.json}) and {@code config.json};
     * {@link #defaults()} where they say nothing.
     *
     * @throws IOException if a file is damaged or asks for what is not supported; the message names it
     */
    public static EmbedderOptions of(Path folder) throws IOException {
        ModelFolder files = new ModelFolder(folder);
        int positions = files.positions(DEFAULT_MAX_TOKENS);
        int maxTokens = files.integer("sentence_bert_config.json", "/max_seq_length", positions);
        return defaults()
                .withPooling(pooling(files, folder))
                .withNormalize(normalizes(files, folder))
                .withPrefixes(
                        prompt(files, "query", ""),
                        prompt(files, "document", prompt(files, "passage", "")))
                .withMaxTokens(maxTokens);
    }

    private static String prompt(ModelFolder files, String role, String missing)
            throws IOException {
        return files.text(PROMPTS, "/prompts/" + role, missing);
    }

    private static Pooling pooling(ModelFolder files, Path folder) throws IOException {
        List<String> modes = files.flags(POOLING).stream()
                .filter(name -> name.startsWith("pooling_mode_"))
                .toList();
        if (modes.isEmpty()) {
            return Pooling.MEAN;
        }
        return switch (String.join(", ", modes)) {
            case "pooling_mode_mean_tokens" -> Pooling.MEAN;
            case "pooling_mode_cls_token" -> Pooling.CLS;
            case "pooling_mode_lasttoken" -> Pooling.LAST;
            default -> throw new IOException(folder.resolve(POOLING) + ": not supported: " + modes);
        };
    }

    private static boolean normalizes(ModelFolder files, Path folder) throws IOException {
        List<String> modules = files.texts("modules.json", "type").stream()
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .toList();
        for (String module : modules) {
            if (!Set.of("Transformer", "Pooling", "Normalize").contains(module)) {
                throw new IOException(folder.resolve("modules.json") + ": module '" + module
                        + "' is not supported");
            }
        }
        return modules.isEmpty() || modules.contains("Normalize");
    }

    /** These, but with another pooling. */
    public EmbedderOptions withPooling(Pooling newPooling) {
        return new EmbedderOptions(
                newPooling, normalize, queryPrefix, documentPrefix, maxTokens, longText, callers);
    }

    /** These, but with vectors scaled or not. */
    public EmbedderOptions withNormalize(boolean newNormalize) {
        return new EmbedderOptions(
                pooling, newNormalize, queryPrefix, documentPrefix, maxTokens, longText, callers);
    }

    /** These, but with other prefixes; spaces at their ends count. */
    public EmbedderOptions withPrefixes(String query, String document) {
        return new EmbedderOptions(
                pooling, normalize, query, document, maxTokens, longText, callers);
    }

    /** These, but with another number of tokens. */
    public EmbedderOptions withMaxTokens(int newMaxTokens) {
        return new EmbedderOptions(
                pooling, normalize, queryPrefix, documentPrefix, newMaxTokens, longText, callers);
    }

    /** These, but with another way with long text. */
    public EmbedderOptions withLongText(LongText newLongText) {
        return new EmbedderOptions(
                pooling, normalize, queryPrefix, documentPrefix, maxTokens, newLongText, callers);
    }

    /** These, but with another number of texts at once. */
    public EmbedderOptions withCallers(int newCallers) {
        return new EmbedderOptions(
                pooling, normalize, queryPrefix, documentPrefix, maxTokens, longText, newCallers);
    }

    /** What of these changes vectors. */
    String identity() {
        return "%s,%s,%d,%s,'%s','%s'"
                .formatted(
                        pooling,
                        normalize ? "normalized" : "raw",
                        maxTokens,
                        longText,
                        queryPrefix,
                        documentPrefix);
    }
}
