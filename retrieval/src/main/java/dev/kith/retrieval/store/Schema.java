package dev.kith.retrieval.store;

import dev.kith.retrieval.filter.FieldType;
import dev.kith.text.Metadata;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The metadata fields of a corpus and their types, fixed at first use. Immutable. */
public record Schema(SortedMap<String, FieldType> fields) {
    /** Copies the fields. */
    public Schema {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /**
     * The schema with the fields of some metadata.
     *
     * @throws IllegalArgumentException if a field has another type already; names field, expected and found type
     */
    public Schema with(Metadata metadata) {
        if (metadata.values().entrySet().stream()
                .allMatch(e -> FieldType.of(e.getValue()) == fields.get(e.getKey()))) {
            return this;
        }
        SortedMap<String, FieldType> more = new TreeMap<>(fields);
        for (Map.Entry<String, Object> entry : metadata.values().entrySet()) {
            FieldType found = FieldType.of(entry.getValue());
            FieldType expected = more.putIfAbsent(entry.getKey(), found);
            if (expected != null && expected != found) {
                throw new IllegalArgumentException("metadata field " + entry.getKey()
                        + " is of type " + expected + " in this corpus, found " + found + ": "
                        + entry.getValue());
            }
        }
        return new Schema(more);
    }

    /**
     * The type of a field.
     *
     * @throws IllegalArgumentException if no document ever had it; names those that exist
     */
    FieldType type(String field) {
        FieldType type = fields.get(field);
        if (type == null) {
            throw new IllegalArgumentException(
                    "unknown field: " + field + ", known fields: " + fields.keySet());
        }
        return type;
    }
}
