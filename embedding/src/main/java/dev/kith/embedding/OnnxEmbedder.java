package dev.kith.embedding;

import dev.kith.onnx.ModelFiles;
import dev.kith.onnx.ModelFolder;
import dev.kith.onnx.OnnxModel;
import dev.kith.onnx.Output;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import dev.kith.tokenizers.HuggingFaceTokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Embeds text with an ONNX model inside the process. Each text is one run of the model (or one per window) on one core; the
 * texts of a call are shared out among as many threads as {@link EmbedderOptions#callers()} says, and that bound holds
 * across calls. Texts are not batched: models with dynamically quantised weights would give a text another vector for each
 * company it is in, and padding costs what batching wins.
 *
 * <p>Safe for any number of threads. An interrupt is noticed between two runs, a tenth of a second apart at most with the
 * models that this is meant for.
 */
public final class OnnxEmbedder implements Embedder {
    private static final List<String> OUTPUTS =
            List.of("last_hidden_state", "token_embeddings", "sentence_embedding");

    private final OnnxModel model;
    private final HuggingFaceTokenizer tokenizer;
    private final EmbedderOptions options;
    private final int dimension;
    private final int maxTokens;
    private final String identity;

    private OnnxEmbedder(OnnxModel model, HuggingFaceTokenizer tokenizer, EmbedderOptions options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.options = options;
        this.dimension = model.width();
        int prefix = Math.max(
                tokenizer.count(options.queryPrefix()), tokenizer.count(options.documentPrefix()));
        this.maxTokens = options.maxTokens() - tokenizer.specialTokens(false) - prefix;
        this.identity = "onnx-1:%s:%s:%s"
                .formatted(model.identity(), tokenizer.identity(), options.identity());
    }

    /**
     * Opens a model with the settings that stand beside it.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @see EmbedderOptions#of(Path)
     */
    public static OnnxEmbedder open(Path folder) throws IOException {
        return open(folder, EmbedderOptions.of(folder));
    }

    /**
     * Opens a model.
     *
     * @param folder holds {@code model.onnx} and {@code tokenizer.json}, as exported from Hugging Face
     * @throws IOException if a file is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException if special tokens and prefixes leave no room for text
     */
    public static OnnxEmbedder open(Path folder, EmbedderOptions options) throws IOException {
        return open(new ModelFolder(folder).files(), options);
    }

    /**
     * Opens a model that is a resource of the class path.
     *
     * @param model the name of an ONNX file, without a leading slash
     * @param tokenizer the name of its {@code tokenizer.json}
     * @throws IOException if a resource is missing, damaged or not supported; the message names it
     * @throws IllegalArgumentException if special tokens and prefixes leave no room for text
     */
    public static OnnxEmbedder fromClassPath(
            String model, String tokenizer, EmbedderOptions options) throws IOException {
        return open(ModelFiles.fromClassPath(model, tokenizer), options);
    }

    private static OnnxEmbedder open(ModelFiles files, EmbedderOptions options) throws IOException {
        OnnxModel model = OnnxModel.open(files, OUTPUTS, options.callers());
        OnnxEmbedder embedder = new OnnxEmbedder(model, files.tokenizer(), options);
        if (model.width() > 0
                && (model.rank() == 2 || model.rank() == 3)
                && embedder.maxTokens > 0) {
            return embedder;
        }
        model.close();
        if (embedder.maxTokens <= 0) {
            throw new IllegalArgumentException(
                    "maxTokens leaves no room for text beside special tokens and prefix: "
                            + options.maxTokens());
        }
        throw new IOException(
                files.name() + " does not say how long its vectors are: not an embedding model");
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        Embedding[] embeddings = new Embedding[texts.size()];
        model.forEach(embeddings.length, i -> embeddings[i] = embed(texts.get(i), role));
        return List.of(embeddings);
    }

    private Embedding embed(String text, Role role) throws InterruptedException {
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
        Pool pool = new Pool(dimension);
        for (int i = 0; i < windows; i++) {
            int from = lead + (int) ((long) seen * i / windows);
            int to = lead + (int) ((long) seen * (i + 1) / windows);
            Tokens window = window(tokens, lead, from, to);
            Output output = model.run(List.of(tokenizer.single(window)), tokenizer.padId());
            pool.add(output, options.pooling(), Math.max(1, to - from));
        }
        return new Embedding(pool.vector(options.normalize()), seen, count - seen);
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
