package dev.kith.retrieval.store;

import dev.kith.FormatTooNewException;
import dev.kith.retrieval.filter.FieldType;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a corpus was built with. Kept in Lucene's commit, so it changes with the documents or not at all.
 *
 * @param embedder the identity of the embedder
 * @param dimension the length of its vectors
 * @param metric how vectors are compared; the rest of the index spec may differ from segment to segment
 * @param analysis how text becomes terms
 * @param schema the metadata fields
 */
public record Manifest(
        String embedder, int dimension, String metric, String analysis, Schema schema) {
    private static final int VERSION = 1;
    private static final String FIELD = "kith.field.";

    /** The same with another schema. */
    public Manifest withSchema(Schema schema) {
        return new Manifest(embedder, dimension, metric, analysis, schema);
    }

    /** As Lucene's commit user data. */
    public Map<String, String> toUserData() {
        Map<String, String> data = new TreeMap<>();
        data.put("kith.version", Integer.toString(VERSION));
        data.put("kith.embedder", embedder);
        data.put("kith.dimension", Integer.toString(dimension));
        data.put("kith.metric", metric);
        data.put("kith.analysis", analysis);
        schema.fields().forEach((field, type) -> data.put(FIELD + field, type.name()));
        return data;
    }

    /**
     * From Lucene's commit user data.
     *
     * @param path what the corpus is called in messages
     * @throws FormatTooNewException if a later Kith wrote it
     * @throws IllegalArgumentException if Kith did not write it
     */
    public static Manifest of(Map<String, String> data, String path) throws IOException {
        String version = data.get("kith.version");
        if (version == null) {
            throw new IllegalArgumentException("not a corpus, but another Lucene index: " + path);
        }
        if (Integer.parseInt(version) > VERSION) {
            throw new FormatTooNewException(path, Integer.parseInt(version), VERSION);
        }
        SortedMap<String, FieldType> fields = new TreeMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(FIELD)) {
                fields.put(key.substring(FIELD.length()), FieldType.valueOf(value));
            }
        });
        return new Manifest(
                required(data.get("kith.embedder")),
                Integer.parseInt(required(data.get("kith.dimension"))),
                required(data.get("kith.metric")),
                required(data.get("kith.analysis")),
                new Schema(fields));
    }

    private static String required(@Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("an incomplete corpus commit");
        }
        return value;
    }

    /**
     * Refuses to open a corpus with other means than it was built with.
     *
     * @throws IllegalArgumentException names both
     */
    public void checkOpenedWith(Manifest config, String path) {
        check(path, "embedder", embedder, config.embedder);
        check(path, "dimension", dimension, config.dimension);
        check(path, "metric", metric, config.metric);
        check(path, "analysis", analysis, config.analysis);
    }

    private static void check(String path, String what, Object built, Object opened) {
        if (!built.equals(opened)) {
            throw new IllegalArgumentException("corpus " + path + " was built with " + what + " "
                    + built + ", opened with " + opened);
        }
    }
}
