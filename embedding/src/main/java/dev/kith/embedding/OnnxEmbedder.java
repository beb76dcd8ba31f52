package dev.kith.embedding;

import dev.kith.embedding.Passage.Window;
import dev.kith.onnx.ModelFiles;
import dev.kith.onnx.ModelFolder;
import dev.kith.onnx.OnnxModel;
import dev.kith.onnx.Output;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import dev.kith.tokenizers.ModelInput;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Embeds text with an ONNX model inside the process. Each run of the model works on one core; the runs of a call are shared
 * out among as many threads as {@link EmbedderOptions#callers()} says, and that bound holds across calls.
 *
 * <p>Texts of like length share a run, up to {@link EmbedderOptions#batchTokens()}, if the model gives each the vector that
 * it has alone, to the last bit; that is tried out when a model is opened. Models whose weights are quantised dynamically do
 * not: they scale numbers by the largest of the whole run. Their texts run alone.
 *
 * <p>Safe for any number of threads. An interrupt is noticed between two runs, a tenth of a second apart at most with the
 * models that this is meant for. Memory does not grow with the number of texts in a call, other than by their vectors.
 */
public final class OnnxEmbedder implements Embedder {
    private static final List<String> OUTPUTS =
            List.of("last_hidden_state", "token_embeddings", "sentence_embedding");
    /** How many texts are tokenised ahead. */
    private static final int SLICE = 1024;

    private static final String TRIAL =
            "Whether a text has the same vector alone and in company is seen by embedding a few in both ways.";

    private final OnnxModel model;
    private final HuggingFaceTokenizer tokenizer;
    private final EmbedderOptions options;
    private final int dimension;
    private final int maxTokens;
    private final int batchTokens;
    private final String identity;

    private OnnxEmbedder(OnnxModel model, HuggingFaceTokenizer tokenizer, EmbedderOptions options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.options = options;
        this.dimension = options.dimension() == 0 ? model.width() : options.dimension();
        int prefix = Math.max(
                tokenizer.count(options.queryPrefix()), tokenizer.count(options.documentPrefix()));
        this.maxTokens = options.maxTokens() - tokenizer.specialTokens(false) - prefix;
        this.batchTokens = options.batchTokens() > 1 && maxTokens > 0 && rowsAreIndependent()
                ? options.batchTokens()
                : 1;
        this.identity = "onnx-1:%s:%s:%s"
                .formatted(model.identity(), tokenizer.identity(), options.identity());
    }

    private boolean rowsAreIndependent() {
        Tokens trial = tokenizer.tokenize(TRIAL);
        int longest = Math.min(trial.size(), maxTokens);
        List<ModelInput> rows = IntStream.of(1, longest / 3, longest / 2, longest)
                .mapToObj(tokens -> tokenizer.single(trial.slice(0, tokens)))
                .toList();
        return model.rowsAreIndependent(rows, tokenizer.padId());
    }

    /**
     * Opens a model with the settings that stand beside it.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @see EmbedderOptions#of(Path)
     */
    public static OnnxEmbedder open(Path folder) throws IOException {
        return open(folder, UnaryOperator.identity());
    }

    /**
     * Opens a model with some of the settings that stand beside it changed: {@code open(folder, options ->
     * options.withCallers(2))}.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException as {@link #open(Path, EmbedderOptions)}
     */
    public static OnnxEmbedder open(Path folder, UnaryOperator<EmbedderOptions> change)
            throws IOException {
        ExportedSettings settings = new ExportedSettings(folder);
        OnnxEmbedder embedder = open(folder, change.apply(settings.options()));
        try {
            settings.check(embedder.model.width());
            return embedder;
        } catch (IOException e) {
            embedder.close();
            throw e;
        }
    }

    /**
     * Opens a model.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException if the options ask for more tokens or components than the model has, or special
     *     tokens and prefixes leave no room for text
     */
    public static OnnxEmbedder open(Path folder, EmbedderOptions options) throws IOException {
        return open(new ModelFolder(folder).files(), options);
    }

    /**
     * Opens a known model that is a resource of the class path, as the {@code langchain4j-embeddings-*} jars have them.
     *
     * @param name {@code bge-small-en-v1.5-q} for the resources {@code bge-small-en-v1.5-q.onnx} and {@code
     *     bge-small-en-v1.5-q-tokenizer.json}; its settings are those of {@link KnownModel#named(String)}
     * @throws IOException if a resource is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException if the name is of no known model
     */
    public static OnnxEmbedder fromClassPath(String name) throws IOException {
        KnownModel known = KnownModel.named(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name
                        + "' is no known model; known are "
                        + Arrays.toString(KnownModel.values())
                        + ". Open it with options of your own"));
        return fromClassPath(name + ".onnx", name + "-tokenizer.json", known.options());
    }

    /**
     * Opens a model that is a resource of the class path.
     *
     * @param model the name of an ONNX file, without a leading slash
     * @param tokenizer the name of its {@code tokenizer.json}
     * @throws IOException if a resource is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException if the options ask for more tokens or components than the model has, or special
     *     tokens and prefixes leave no room for text
     */
    public static OnnxEmbedder fromClassPath(
            String model, String tokenizer, EmbedderOptions options) throws IOException {
        return open(ModelFiles.fromClassPath(model, tokenizer), options);
    }

    private static OnnxEmbedder open(ModelFiles files, EmbedderOptions options) throws IOException {
        OnnxModel model = OnnxModel.open(files, OUTPUTS, options.callers());
        try {
            if (model.width() < 1 || model.rank() < 2 || model.rank() > 3) {
                throw new IOException(files.name()
                        + " does not say how long its vectors are: not an embedding model");
            }
            require("dimension", options.dimension(), model.width(), "components");
            require("maxTokens", options.maxTokens(), files.positions(), "positions for tokens");
            OnnxEmbedder embedder = new OnnxEmbedder(model, files.tokenizer(), options);
            if (embedder.maxTokens < 1) {
                throw new IllegalArgumentException(
                        "maxTokens leaves no room for text beside special tokens and prefix: "
                                + options.maxTokens());
            }
            return embedder;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void require(String option, int asked, int has, String what) {
        if (asked > has) {
            throw new IllegalArgumentException(
                    option + " is " + asked + ", but the model has " + has + " " + what);
        }
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        return embed(texts, role, _ -> {});
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role, IntConsumer done)
            throws InterruptedException {
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        int from = 0;
        do {
            int to = Math.min(from + SLICE, texts.size());
            embeddings.addAll(embedSlice(texts.subList(from, to), role, done));
            from = to;
        } while (from < texts.size());
        return List.copyOf(embeddings);
    }

    private List<Embedding> embedSlice(List<String> texts, Role role, IntConsumer done)
            throws InterruptedException {
        Passage[] passages = new Passage[texts.size()];
        model.forEach(passages.length, i -> passages[i] = passage(texts.get(i), role));
        List<List<Window>> batches = Passage.batches(passages, batchTokens);
        model.forEach(batches.size(), i -> {
            int finished = run(batches.get(i));
            if (finished > 0) {
                synchronized (passages) {
                    done.accept(finished);
                }
            }
        });
        return Arrays.stream(passages)
                .map(passage -> passage.embedding(dimension, options.normalize()))
                .toList();
    }

    /** Runs the model on some windows; the number of texts of which these were the last. */
    private int run(List<Window> batch) throws InterruptedException {
        Output output = model.run(batch.stream().map(Window::input).toList(), tokenizer.padId());
        int finished = 0;
        for (int row = 0; row < batch.size(); row++) {
            Window window = batch.get(row);
            int tokens = window.input().size();
            float[] vector = Pool.row(output, row, tokens, options.pooling());
            if (window.passage().put(window, vector)) {
                finished++;
            }
        }
        return finished;
    }

    /** Cuts a text into windows. */
    private Passage passage(String text, Role role) {
        String prefix = role == Role.QUERY ? options.queryPrefix() : options.documentPrefix();
        Tokens tokens = tokenizer.tokenize(prefix + text);
        // A token across the border belongs to the text.
        int lead = 0;
        while (lead < tokens.size() && tokens.ends()[lead] <= prefix.length()) {
            lead++;
        }
        int count = tokens.size() - lead;
        int room = options.maxTokens() - tokenizer.specialTokens(false) - lead;
        if (count > room && options.longText() == LongText.FAIL) {
            throw new IllegalArgumentException("text of " + count + " tokens is longer than the "
                    + room + " that the model reads");
        }
        int seen = options.longText() == LongText.SPLIT ? count : Math.min(count, room);
        int windows = Math.max(1, Math.ceilDiv(seen, room));
        Passage passage = new Passage(windows, seen, count - seen);
        for (int i = 0; i < windows; i++) {
            int from = lead + (int) ((long) seen * i / windows);
            int to = lead + (int) ((long) seen * (i + 1) / windows);
            passage.add(tokenizer.single(window(tokens, lead, from, to)), Math.max(1, to - from));
        }
        return passage;
    }

    /** The prefix's tokens and those from one position to another. */
    private static Tokens window(Tokens tokens, int lead, int from, int to) {
        if (from == lead) {
            return tokens.slice(0, to);
        }
        Tokens tail = tokens.slice(from - lead, to);
        int[] ids = tail.ids();
        System.arraycopy(tokens.ids(), 0, ids, 0, lead);
        return new Tokens(ids, tail.starts(), tail.ends());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
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
