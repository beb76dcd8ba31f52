package dev.kith.embedding;

import dev.kith.onnx.ModelFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings that stand beside a model in its folder, as sentence-transformers and exporters write them. */
final class ExportedSettings {
    private static final String POOLING = "1_Pooling/config.json";
    private static final String PROMPTS = "config_sentence_transformers.json";
    private static final String SENTENCE = "sentence_bert_config.json";
    private static final String MODULES = "modules.json";

    private final Path folder;
    private final ModelFolder files;
    private final Optional<KnownModel> model;
    private final EmbedderOptions known;

    ExportedSettings(Path folder) throws IOException {
        this.folder = folder;
        this.files = new ModelFolder(folder);
        String folderName = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        this.model = KnownModel.named(files.text("config.json", "/_name_or_path", ""))
                .or(() -> KnownModel.named(folderName));
        this.known = model.map(KnownModel::options).orElseGet(EmbedderOptions::defaults);
    }

    /** What the files say; what the model's name says where they are silent; else the defaults. */
    EmbedderOptions options() throws IOException {
        String query = prompt("query", known.queryPrefix());
        String document = prompt("document", prompt("passage", known.documentPrefix()));
        return known.withPooling(pooling())
                .withNormalize(normalizes())
                .withPrefixes(query, document)
                .withMaxTokens(maxTokens());
    }

    /**
     * Compares the files with the model's own dimension.
     *
     * @throws IOException if they are for another one
     */
    void check(int dimension) throws IOException {
        int said = files.integer(POOLING, "/word_embedding_dimension", dimension);
        if (said != dimension) {
            throw new IOException(folder.resolve(POOLING) + ": word_embedding_dimension is " + said
                    + ", but the model's vectors have " + dimension + " components");
        }
    }

    private int maxTokens() throws IOException {
        int said = files.integer(SENTENCE, "/max_seq_length", 0);
        if (said == 0) {
            int positions = files.positions(known.maxTokens());
            return model.isPresent() ? Math.min(positions, known.maxTokens()) : positions;
        }
        int positions = files.modelPositions(said);
        if (said > positions) {
            throw new IOException(folder.resolve(SENTENCE) + ": max_seq_length is " + said
                    + ", but the model has positions for " + positions
                    + " tokens; correct it or open the model with options of your own");
        }
        return said;
    }

    private String prompt(String role, String missing) throws IOException {
        return files.text(PROMPTS, "/prompts/" + role, missing);
    }

    private Pooling pooling() throws IOException {
        if (files.flag(POOLING, "/include_prompt", true)) {
            List<String> modes = files.flags(POOLING).stream()
                    .filter(name -> name.startsWith("pooling_mode_"))
                    .toList();
            return switch (String.join(", ", modes)) {
                case "" -> known.pooling();
                case "pooling_mode_mean_tokens" -> Pooling.MEAN;
                case "pooling_mode_cls_token" -> Pooling.CLS;
                case "pooling_mode_lasttoken" -> Pooling.LAST;
                default ->
                    throw new IOException(folder.resolve(POOLING) + ": not supported: " + modes);
            };
        }
        throw new IOException(
                folder.resolve(POOLING) + ": pooling without the prompt is not supported");
    }

    private boolean normalizes() throws IOException {
        List<String> modules = files.texts(MODULES, "type").stream()
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .toList();
        for (String module : modules) {
            if (!Set.of("Transformer", "Pooling", "Normalize").contains(module)) {
                throw new IOException(
                        folder.resolve(MODULES) + ": module '" + module + "' is not supported");
            }
        }
        return modules.isEmpty() || modules.contains("Normalize");
    }
}
