package dev.kith.rerank;

import dev.kith.onnx.ModelFiles;
import dev.kith.onnx.ModelFolder;
import dev.kith.onnx.OnnxModel;
import dev.kith.onnx.Output;
import dev.kith.text.Reranker;
import dev.kith.text.Tokens;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import dev.kith.tokenizers.ModelInput;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cross-encoder: an ONNX model that reads a question and a passage together and says how well the one answers the other.
 * [Nogueira and Cho, "Passage Re-ranking with BERT", arXiv:1901.04085.] A passage that does not fit beside the question loses
 * its end; the question is never cut. Scores are the sigmoid of the model's number or, of a model with two, the softmax's
 * share of the second.
 *
 * <p>Passages are run in bounded batches of like length if the model gives a pair the number that it has alone, to the last
 * bit; that is tried out when a model is opened. Models whose weights are quantised dynamically do not: they scale numbers by
 * the largest of the whole run. Their pairs run alone, so that no score depends on the other passages. As many batches are under way at once as {@link
 * RerankerOptions#callers()} says, over all threads. Safe for any number of threads; an interrupt is noticed between two runs.
 */
public final class OnnxReranker implements Reranker {
    private static final String TRIAL =
            "Whether a passage has the same score alone and in company is seen by scoring a few in both ways.";

    private final OnnxModel model;
    private final HuggingFaceTokenizer tokenizer;
    private final RerankerOptions options;
    private final String identity;

    private OnnxReranker(OnnxModel model, HuggingFaceTokenizer tokenizer, RerankerOptions options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.options = options;
        this.identity = "onnx-1:%s:%s:%d,%d,%d"
                .formatted(
                        model.identity(),
                        tokenizer.identity(),
                        options.maxTokens(),
                        options.batchSize(),
                        options.batchTokens());
    }

    /**
     * Opens a model with the settings that stand beside it.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @see RerankerOptions#of(Path)
     */
    public static OnnxReranker open(Path folder) throws IOException {
        return open(folder, RerankerOptions.of(folder));
    }

    /**
     * Opens a model.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     */
    public static OnnxReranker open(Path folder, RerankerOptions options) throws IOException {
        ModelFolder modelFolder = new ModelFolder(folder);
        ModelFiles files = modelFolder.files();
        int labels = modelFolder.members("config.json", "/id2label");
        OnnxModel model = OnnxModel.open(files, List.of("logits"), options.callers());
        if (labels > 2 || model.rank() > 2 || (model.rank() == 2 && model.width() > 2)) {
            model.close();
            throw new IOException(files.name()
                    + " does not give one or two numbers for a pair: not a cross-encoder");
        }
        try {
            HuggingFaceTokenizer tokenizer = files.tokenizer();
            boolean together =
                    options.batchSize() > 1 && rowsAreIndependent(model, tokenizer, options);
            return new OnnxReranker(
                    model, tokenizer, together ? options : options.withBatchSize(1));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static boolean rowsAreIndependent(
            OnnxModel model, HuggingFaceTokenizer tokenizer, RerankerOptions options) {
        Tokens trial = tokenizer.tokenize(TRIAL);
        int room = options.maxTokens() - tokenizer.specialTokens(true);
        int question = Math.min(trial.size(), Math.max(0, room / 2));
        int longest = Math.min(trial.size(), Math.max(0, room - question));
        List<ModelInput> rows = IntStream.of(1, longest / 3, longest / 2, longest)
                .map(tokens -> Math.min(tokens, longest))
                .mapToObj(
                        tokens -> tokenizer.pair(trial.slice(0, question), trial.slice(0, tokens)))
                .toList();
        return model.rowsAreIndependent(rows, tokenizer.padId());
    }

    @Override
    public float[] score(String query, List<String> passages) throws InterruptedException {
        if (query.isBlank()) {
            throw new IllegalArgumentException("query is blank");
        }
        Tokens question = tokenizer.tokenize(query);
        int room = options.maxTokens() - tokenizer.specialTokens(true) - question.size();
        if (room < 1) {
            throw new IllegalArgumentException("query of " + question.size()
                    + " tokens leaves no room for a passage: the model reads "
                    + options.maxTokens());
        }
        ModelInput[] inputs = new ModelInput[passages.size()];
        for (int i = 0; i < inputs.length; i++) {
            Tokens passage = tokenizer.tokenize(passages.get(i));
            inputs[i] = tokenizer.pair(question, passage.slice(0, Math.min(room, passage.size())));
        }
        int[] lengths = Arrays.stream(inputs).mapToInt(ModelInput::size).toArray();
        List<int[]> batches = Batches.of(lengths, options);
        float[] scores = new float[inputs.length];
        model.forEach(batches.size(), i -> score(inputs, batches.get(i), scores));
        return scores;
    }

    private void score(ModelInput[] inputs, int[] batch, float[] scores)
            throws InterruptedException {
        List<ModelInput> rows = Arrays.stream(batch).mapToObj(i -> inputs[i]).toList();
        Output output = model.run(rows, tokenizer.padId());
        int labels = output.values().length / batch.length;
        if (labels * batch.length != output.values().length || labels < 1 || labels > 2) {
            throw new IllegalStateException("the model gives " + output.values().length
                    + " numbers for " + batch.length + " pairs");
        }
        for (int i = 0; i < batch.length; i++) {
            // The softmax of two numbers is the sigmoid of their difference.
            float logit = output.values()[i * labels + labels - 1];
            scores[batch[i]] = sigmoid(labels == 1 ? logit : logit - output.values()[i * labels]);
        }
    }

    private static float sigmoid(float logit) {
        if (Float.isNaN(logit)) {
            throw new IllegalStateException("the model gives numbers that are not finite");
        }
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void close() {
        model.close();
    }
}
