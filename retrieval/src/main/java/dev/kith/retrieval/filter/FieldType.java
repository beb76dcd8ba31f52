package dev.kith.retrieval.filter;

import java.time.Instant;
import java.util.List;

/** The type of a metadata field: fixed at its first use, for the whole corpus. */
public enum FieldType {
    /** Text, compared as a whole and ordered by code point. */
    STRING("string"),
    /** A 64-bit integer. */
    LONG("long"),
    /** A 64-bit floating-point number. */
    DOUBLE("double"),
    /** True or false. */
    BOOLEAN("boolean"),
    /** A point in time, to the millisecond. */
    INSTANT("instant"),
    /** A list of strings. */
    STRINGS("string list");

    private final String label;

    FieldType(String label) {
        this.label = label;
    }

    /** The type of a metadata value. */
    public static FieldType of(Object value) {
        return switch (value) {
            case String text -> STRING;
            case Long number -> LONG;
            case Double number -> DOUBLE;
            case Boolean flag -> BOOLEAN;
            case Instant instant -> INSTANT;
            case List<?> list -> STRINGS;
            default ->
                throw new IllegalArgumentException(
                        "not a metadata type: " + value.getClass().getName());
        };
    }

    /** The name as messages use it: {@code string list}. */
    @Override
    public String toString() {
        return label;
    }
}
