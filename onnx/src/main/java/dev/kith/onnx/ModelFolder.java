package dev.kith.onnx;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder as models are exported to: {@code model.onnx} (or {@code onnx/model.onnx}, or the only {@code *.onnx} file),
 * {@code tokenizer.json} (or {@code <model>-tokenizer.json}), and small JSON files of settings, each of which may be missing.
 */
public final class ModelFolder {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CONFIG = "config.json";
    private static final String POSITIONS = "/max_position_embeddings";

    private final Path folder;

    /**
     * Looks at a folder.
     *
     * @throws IOException if there is no such folder
     */
    public ModelFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "expected a model's folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        this.folder = folder;
    }

    /**
     * The model and its tokenizer.
     *
     * @throws IOException if one is missing or damaged; the message names the file
     */
    public ModelFiles files() throws IOException {
        Path model = model();
        String stem = String.valueOf(model.getFileName()).replaceFirst("\\.onnx$", "");
        Path plain = folder.resolve("tokenizer.json");
        for (Path tokenizer : List.of(plain, folder.resolve(stem + "-tokenizer.json"))) {
            if (Files.exists(tokenizer)) {
                return ModelFiles.of(model, tokenizer);
            }
        }
        throw new NoSuchFileException(
                plain.toString(), null, "expected the tokenizer of " + model.getFileName());
    }

    /** What may be the model: one file if it is clear. */
    private List<Path> models() throws IOException {
        for (String name : List.of("model.onnx", "onnx/model.onnx")) {
            if (Files.exists(folder.resolve(name))) {
                return List.of(folder.resolve(name));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }

    private Path model() throws IOException {
        List<Path> models = models();
        if (models.size() != 1) {
            throw new NoSuchFileException(
                    folder.resolve("model.onnx").toString(),
                    null,
                    "expected model.onnx, onnx/model.onnx or one *.onnx file, found " + models);
        }
        return models.getFirst();
    }

    /**
     * The setting at a JSON pointer, or a default if the file or the setting is missing.
     *
     * @throws IOException if the file is damaged
     */
    public int integer(String file, String pointer, int missing) throws IOException {
        JsonNode node = json(file).at(pointer);
        return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : missing;
    }

    /** As {@link #integer}, for text. */
    public String text(String file, String pointer, String missing) throws IOException {
        JsonNode node = json(file).at(pointer);
        return node.isTextual() ? node.textValue() : missing;
    }

    /** The names of a JSON object's members that are true. */
    public List<String> flags(String file) throws IOException {
        return json(file).properties().stream()
                .filter(entry ->
                        entry.getValue().isBoolean() && entry.getValue().booleanValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A member of each object of a JSON array; none if the file is missing. */
    public List<String> texts(String file, String member) throws IOException {
        List<String> texts = new ArrayList<>();
        json(file).forEach(node -> texts.add(node.path(member).asText()));
        return texts;
    }

    /** The number of members of a JSON object, 0 if it is missing. */
    public int members(String file, String pointer) throws IOException {
        return json(file).at(pointer).size();
    }

    /** The setting at a JSON pointer, or a default if the file or the setting is missing. */
    public boolean flag(String file, String pointer, boolean missing) throws IOException {
        return json(file).at(pointer).asBoolean(missing);
    }

    /**
     * How many tokens the model is to be given at most: {@link #modelPositions}, but no more than a default where {@code
     * config.json} does not say, and no more than {@code tokenizer_config.json} says.
     *
     * @param missing the default
     * @throws IOException if a file is damaged, or leaves room for no token
     */
    public int positions(int missing) throws IOException {
        int known = modelPositions(missing);
        boolean said = integer(CONFIG, POSITIONS, 0) > 0;
        int usable = said ? known : Math.min(missing, known);
        int tokenizerMax = integer("tokenizer_config.json", "/model_max_length", 0);
        return tokenizerMax > 0 ? Math.min(usable, tokenizerMax) : usable;
    }

    /**
     * How many tokens the model has positions for: what {@code config.json} says, without it the length of the model's own
     * table of positions, else a default.
     *
     * @throws IOException if a file is damaged, or leaves room for no token
     */
    public int modelPositions(int missing) throws IOException {
        int padId = integer(CONFIG, "/pad_token_id", 1);
        String family = text(CONFIG, "/model_type", "");
        int usable = integer(CONFIG, POSITIONS, 0);
        if (usable > 0) {
            usable -= PositionTable.unusedIn(family, padId);
        } else {
            PositionTable table = models().size() == 1 ? PositionTable.of(model()) : null;
            if (table == null) {
                return missing;
            }
            usable = table.rows() - table.unused(family, padId);
        }
        if (usable < 1) {
            throw new IOException(folder + ": the model has no position for a token");
        }
        return usable;
    }

    private JsonNode json(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
