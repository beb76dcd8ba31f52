package dev.kith.retrieval.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.kith.CorruptFileException;
import dev.kith.text.Document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
                Qrels.read(folder.resolve("qrels").resolve("test.tsv")).grades();
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
                qrels);
    }

    private interface Line {
        void read(String id, String title, String text);
    }

    private static void readJson(Path file, Line reader) throws IOException {
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                JsonNode node;
                try {
                    node = JSON.readTree(line);
                } catch (JsonProcessingException e) {
                    CorruptFileException corrupt = lines.corrupt("a JSON object", line);
                    corrupt.initCause(e);
                    throw corrupt;
                }
                if (!node.path("_id").isValueNode() || !node.path("text").isTextual()) {
                    throw lines.corrupt("a JSON object with _id and text", line);
                }
                reader.read(
                        node.path("_id").asText(),
                        node.path("title").asText(""),
                        node.path("text").asText());
            }
        }
    }
}
