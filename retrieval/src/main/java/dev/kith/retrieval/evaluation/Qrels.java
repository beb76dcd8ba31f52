package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Relevance judgements: which documents answer which query, and how well. Immutable.
 *
 * @param grades by query, the grades of judged documents: above 0 is relevant, 0 was judged and is not, below 0 counts as
 *     not judged
 */
public record Qrels(Map<String, Map<String, Integer>> grades) {
    private static final String GRADE = "-?[0-9]{1,9}";

    /** Copies the judgements. */
    public Qrels {
        SortedMap<String, Map<String, Integer>> copy = new TreeMap<>();
        grades.forEach((query, documents) ->
                copy.put(query, Collections.unmodifiableMap(new TreeMap<>(documents))));
        grades = Collections.unmodifiableMap(copy);
    }

    /** The grades of a query's judged documents, empty if there are none. */
    public Map<String, Integer> of(String query) {
        return grades.getOrDefault(query, Map.of());
    }

    /**
     * Reads TREC's layout (query, iteration, document, grade, between blanks) or BEIR's (query, document, grade, between tabs,
     * under a header or none). The first line decides which.
     *
     * @throws dev.kith.CorruptFileException if a line cannot be read, or a document is judged twice for a query; names file, line
     *     and what was expected
     */
    public static Qrels read(Path file) throws IOException {
        Map<String, Map<String, Integer>> grades = new TreeMap<>();
        try (Lines lines = new Lines(file)) {
            String line = lines.next();
            boolean beir = line != null && line.split("\t", -1).length == 3;
            if (line != null && beir && line.startsWith("query-id\t")) {
                line = lines.next();
            }
            for (; line != null; line = lines.next()) {
                String[] parts = beir ? line.split("\t", -1) : line.strip().split("\\s+");
                String grade = parts[parts.length - 1].strip();
                if (parts.length != (beir ? 3 : 4) || !grade.matches(GRADE)) {
                    throw lines.corrupt(
                            beir
                                    ? "query, document and grade between tabs"
                                    : "query, iteration, document and grade",
                            line);
                }
                String document = parts[parts.length - 2];
                if (grades.computeIfAbsent(parts[0], query -> new TreeMap<>())
                                .put(document, Integer.valueOf(grade))
                        != null) {
                    throw lines.corrupt("one grade a document and query", line);
                }
            }
        }
        return new Qrels(grades);
    }

    /**
     * Writes TREC's layout.
     *
     * @throws IllegalArgumentException if an id is empty or has blanks
     */
    public void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
            for (var query : grades.entrySet()) {
                for (var document : query.getValue().entrySet()) {
                    out.write(Run.word(query.getKey()) + " 0 " + Run.word(document.getKey()) + " "
                            + document.getValue() + "\n");
                }
            }
        }
    }

    /** Writes BEIR's layout, with its header. */
    public void writeBeir(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
            out.write("query-id\tcorpus-id\tscore\n");
            for (var query : grades.entrySet()) {
                for (var document : query.getValue().entrySet()) {
                    out.write(cell(query.getKey()) + "\t" + cell(document.getKey()) + "\t"
                            + document.getValue() + "\n");
                }
            }
        }
    }

    private static String cell(String id) {
        if (id.isBlank() || id.matches("(?s).*[\t\r\n].*")) {
            throw new IllegalArgumentException(
                    "an id in a table between tabs needs to be one line without tabs: '" + id
                            + "'");
        }
        return id;
    }
}
