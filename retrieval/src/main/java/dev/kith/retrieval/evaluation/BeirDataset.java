package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.CorruptFileException;
import dev.kith.text.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A test collection in BEIR's layout: {@code corpus.jsonl} and {@code queries.jsonl} with {@code _id}, {@code title} and
 * {@code text}, {@code qrels/test.tsv} with a header and query, document, grade.
 *
 * @param name the folder's name
 * @param documents each document's title and text, with a space between them if there is a title
 * @param queries the judged queries by id
 * @param qrels by query, the grades of judged documents
 */
public record BeirDataset(
        String name,
        List<Document> documents,
        Map<String, String> queries,
        Map<String, Map<String, Integer>> qrels) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads a folder.
     *
     * @throws java.nio.file.NoSuchFileException if a file is missing
     * @throws CorruptFileException if a line cannot be read; names file, line and what was expected
     */
    public static BeirDataset read(Path folder) throws IOException {
        Map<String, Map<String, Integer>> qrels =
                qrels(folder.resolve("qrels").resolve("test.tsv"));
        List<Document> documents = new ArrayList<>();
        readJson(
                folder.resolve("corpus.jsonl"),
                (id, title, text) -> documents.add(
                        Document.of(id, title.isBlank() ? text : title + " " + text)));
        Map<String, String> queries = new TreeMap<>();
        readJson(folder.resolve("queries.jsonl"), (id, title, text) -> {
            if (qrels.containsKey(id)) {
                queries.put(id, text);
            }
        });
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new BeirDataset(
                name,
                Collections.unmodifiableList(documents),
                Collections.unmodifiableMap(queries),
                Collections.unmodifiableMap(qrels));
    }

    private interface Line {
        void read(String id, String title, String text);
    }

    private static void readJson(Path file, Line line) throws IOException {
        int number = 0;
        for (String json : Files.readAllLines(file, UTF_8)) {
            number++;
            if (json.isBlank()) {
                continue;
            }
            JsonNode node;
            try {
                node = JSON.readTree(json);
            } catch (JsonProcessingException e) {
                throw corrupt(file, number, "a JSON object", json, e);
            }
            if (node == null
                    || !node.path("_id").isValueNode()
                    || !node.path("text").isTextual()) {
                throw corrupt(file, number, "a JSON object with _id and text", json, null);
            }
            line.read(
                    node.path("_id").asText(),
                    node.path("title").asText(""),
                    node.path("text").asText());
        }
    }

    private static Map<String, Map<String, Integer>> qrels(Path file) throws IOException {
        Map<String, Map<String, Integer>> qrels = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file, UTF_8)) {
            number++;
            String[] parts = line.split("\t", -1);
            if (line.isBlank() || (number == 1 && line.startsWith("query-id"))) {
                continue;
            }
            if (parts.length != 3 || !parts[2].strip().matches("-?[0-9]{1,9}")) {
                throw corrupt(file, number, "query, document and grade between tabs", line, null);
            }
            qrels.computeIfAbsent(parts[0], query -> new TreeMap<>())
                    .put(parts[1], Integer.valueOf(parts[2].strip()));
        }
        return qrels;
    }

    private static CorruptFileException corrupt(
            Path file, int line, String expected, String found, @Nullable Exception cause) {
        CorruptFileException e = new CorruptFileException(
                file + ", line " + line,
                0,
                expected,
                found.substring(0, Math.min(80, found.length())));
        e.initCause(cause);
        return e;
    }
}
