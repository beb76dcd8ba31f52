package dev.kith.cli;

import dev.kith.Metric;
import dev.kith.embedding.EmbedderOptions;
import dev.kith.embedding.LongText;
import dev.kith.embedding.OnnxEmbedder;
import dev.kith.hnsw.HnswSpec;
import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that opens a corpus, and what follows from them. */
final class CorpusOptions {
    /** What a chunk leaves of the model's reach: headings and the context of a cut table go before it. */
    private static final double CHUNK_SHARE = 0.8;

    private static final int LARGEST_CHUNK = 256;

    private static final String BUILT_IN = "all-minilm-l6-v2-q";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "An embedding model as exported from Hugging Face (model.onnx,"
                    + " tokenizer.json); the built-in all-MiniLM-L6-v2 if left out. A corpus keeps to"
                    + " the model it was made with.")
    private @Nullable Path model;

    /** The embedder, which the caller closes. Text behind the model's reach is embedded in windows. */
    Embedder embedder() throws IOException {
        return embedder(LongText.SPLIT);
    }

    /** The embedder, which the caller closes. */
    Embedder embedder(LongText longText) throws IOException {
        return model == null
                ? OnnxEmbedder.fromClassPath(
                        BUILT_IN + ".onnx",
                        BUILT_IN + "-tokenizer.json",
                        EmbedderOptions.defaults().withLongText(longText))
                : OnnxEmbedder.open(model, options -> options.withLongText(longText));
    }

    /** How a corpus that exists makes terms of text. */
    static Analysis analysis(Path corpus) throws IOException {
        return Analysis.valueOf(Corpus.describe(corpus).analysis());
    }

    /** The configuration of a corpus with that embedder. */
    static CorpusConfig config(Embedder embedder) {
        return config(embedder, ChunkerChoice.STRUCTURE);
    }

    /** The configuration of a corpus with that embedder, and how documents are cut that come into it. */
    static CorpusConfig config(Embedder embedder, ChunkerChoice chunker) {
        int largest = Math.min(LARGEST_CHUNK, (int) (embedder.maxTokens() * CHUNK_SHARE));
        return CorpusConfig.of(embedder, chunker.chunker(embedder, largest))
                .withIndex(HnswSpec.of(Metric.COSINE));
    }
}
