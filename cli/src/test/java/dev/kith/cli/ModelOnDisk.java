package dev.kith.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The built-in model as a folder, with settings beside it that are not the built-in ones. */
final class ModelOnDisk {
    /** What of them an embedder's identity says, before the way with long text. */
    static final String SETTINGS = "CLS,normalized,64,";

    /** What goes before a question. */
    static final String QUERY_PREFIX = "Sourdough bread: let the dough rise over night, bake it. ";

    private ModelOnDisk() {}

    static Path in(Path folder) throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        copy("all-minilm-l6-v2-q.onnx", model.resolve("model.onnx"));
        copy("all-minilm-l6-v2-q-tokenizer.json", model.resolve("tokenizer.json"));
        Files.writeString(model.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 64}");
        Files.writeString(
                model.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"" + QUERY_PREFIX + "\"}}");
        pooling(model, 384);
        return model;
    }

    /** Writes pooling's settings for a model with so many components. */
    static void pooling(Path model, int components) throws IOException {
        Files.createDirectories(model.resolve("1_Pooling"));
        Files.writeString(
                model.resolve("1_Pooling/config.json"),
                "{\"pooling_mode_cls_token\": true, \"word_embedding_dimension\": " + components
                        + "}");
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = ModelOnDisk.class.getClassLoader().getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), to);
        }
    }
}
