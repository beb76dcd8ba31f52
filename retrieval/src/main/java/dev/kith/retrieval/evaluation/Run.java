package dev.kith.retrieval.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one system found for a set of queries. Immutable.
 *
 * @param name the system's name; the tag of a run file
 * @param scores by query, the scores of found documents, larger is better
 */
public record Run(String name, Map<String, Map<String, Double>> scores) {
    private static final int COLUMNS = 6;

    /** Over which queries a mean goes. */
    public enum Queries {
        /** All that are judged, as {@code trec_eval -c}: one that found nothing, or has no relevant document, counts as 0. */
        JUDGED,
        /** Those that are judged and found something, as {@code trec_eval} without {@code -c}. */
        RETRIEVED
    }

    /**
     * Copies the scores.
     *
     * @throws IllegalArgumentException if a score is not a number
     */
    public Run {
        SortedMap<String, Map<String, Double>> copy = new TreeMap<>();
        scores.forEach((query, documents) -> copy.put(query, Map.copyOf(documents)));
        copy.forEach((query, documents) -> documents.forEach((document, score) -> {
            if (score.isNaN()) {
                throw new IllegalArgumentException(
                        "the score of " + document + " for query " + query + " is not a number");
            }
        }));
        scores = Collections.unmodifiableMap(copy);
    }

    /** What was found for a query, best first, in {@linkplain Metrics#ranked trec_eval's order}. */
    public List<String> ranked(String query) {
        return Metrics.ranked(scores.getOrDefault(query, Map.of()));
    }

    /** The measures' values, query by query, over all judged queries. */
    public Scores score(Qrels qrels, Collection<Measure> measures) {
        return score(qrels, measures, Queries.JUDGED);
    }

    /**
     * The measures' values, query by query.
     *
     * @throws IllegalArgumentException if there is no query to average over
     */
    public Scores score(Qrels qrels, Collection<Measure> measures, Queries over) {
        List<String> queries = qrels.grades().keySet().stream()
                .filter(query -> over == Queries.JUDGED || scores.containsKey(query))
                .toList();
        return Scores.of(this, qrels, queries, measures);
    }

    /**
     * Reads a run file: query, {@code Q0}, document, rank, score, tag, between blanks. As for trec_eval, the score decides and
     * the rank does not. The run's name is the first line's tag, or the file's name if the file is empty.
     *
     * @throws dev.kith.CorruptFileException if a line cannot be read, or a document occurs twice for a query; names file, line and
     *     what was expected
     */
    public static Run read(Path file) throws IOException {
        SortedMap<String, Map<String, Double>> scores = new TreeMap<>();
        String name = null;
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] parts = line.strip().split("\\s+", COLUMNS);
                if (parts.length != COLUMNS) {
                    throw lines.corrupt("query, Q0, document, rank, score and tag", line);
                }
                Double score = number(parts[4]);
                if (score.isNaN()) {
                    throw lines.corrupt("a number as score", parts[4]);
                }
                if (scores.computeIfAbsent(parts[0], query -> new TreeMap<>()).put(parts[2], score)
                        != null) {
                    throw lines.corrupt("a document once a query", line);
                }
                name = name == null ? parts[5] : name;
            }
        }
        return new Run(name == null ? String.valueOf(file.getFileName()) : name, scores);
    }

    private static Double number(String text) {
        try {
            // Java would take a trailing f or d for a part of the number.
            return text.matches(".*[fFdD]") && !text.matches("(?i)[+-]?inf")
                    ? Double.valueOf(Double.NaN)
                    : Double.valueOf(text.replaceFirst("(?i)^([+-]?)inf(inity)?$", "$1Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * Writes a run file, queries by id and documents by rank, which starts at 1. Blanks in the name become hyphens.
     *
     * @throws IllegalArgumentException if an id is empty or has blanks
     */
    public void write(Path file) throws IOException {
        String tag = name.isBlank() ? "run" : name.strip().replaceAll("\\s+", "-");
        try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
            for (var query : scores.entrySet()) {
                int rank = 0;
                for (String document : ranked(query.getKey())) {
                    out.write(word(query.getKey()) + " Q0 " + word(document) + " " + ++rank + " "
                            + query.getValue().get(document) + " " + tag + "\n");
                }
            }
        }
    }

    /** An id as a column between blanks. */
    static String word(String id) {
        if (id.isEmpty() || id.chars().anyMatch(c -> Character.isWhitespace(c) || c == 0)) {
            throw new IllegalArgumentException(
                    "an id in a TREC file needs to be a word without blanks: '" + id + "'");
        }
        return id;
    }
}
