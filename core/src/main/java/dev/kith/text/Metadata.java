package dev.kith.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Named values of a document, each of one of six types: string, long, double, boolean, instant (to the millisecond) and
 * list of strings. Immutable, ordered by name, equal by content.
 */
public final class Metadata {
    private static final Metadata EMPTY = new Metadata(new TreeMap<>());
    private final SortedMap<String, Object> values;

    private Metadata(SortedMap<String, Object> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** No values. */
    public static Metadata empty() {
        return EMPTY;
    }

    /**
     * Values from a map; ints are taken as longs and floats as doubles.
     *
     * @throws IllegalArgumentException if a name is blank or a value has another type; the message names both
     */
    public static Metadata of(Map<String, ?> values) {
        SortedMap<String, Object> copy = new TreeMap<>(values);
        copy.replaceAll(Metadata::checked);
        return copy.isEmpty() ? EMPTY : new Metadata(copy);
    }

    /** The same values and a string. */
    public Metadata with(String name, String value) {
        return put(name, value);
    }

    /** The same values and a long. */
    public Metadata with(String name, long value) {
        return put(name, value);
    }

    /** The same values and a double, which must not be NaN. */
    public Metadata with(String name, double value) {
        return put(name, value);
    }

    /** The same values and a boolean. */
    public Metadata with(String name, boolean value) {
        return put(name, value);
    }

    /** The same values and an instant, cut to the millisecond. */
    public Metadata with(String name, Instant value) {
        return put(name, value);
    }

    /** The same values and a list of strings. */
    public Metadata with(String name, List<String> value) {
        return put(name, value);
    }

    private Metadata put(String name, Object value) {
        SortedMap<String, Object> copy = new TreeMap<>(values);
        copy.put(name, checked(name, value));
        return new Metadata(copy);
    }

    private static Object checked(String name, @Nullable Object value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a metadata field needs a name");
        }
        return typed(name, value);
    }

    private static Object typed(String name, @Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Float number -> typed(name, number.doubleValue());
            case Double number when !number.isNaN() -> number;
            case Boolean flag -> flag;
            case Instant instant -> Instant.ofEpochMilli(instant.toEpochMilli());
            case List<?> list -> strings(name, list);
            case null, default ->
                throw new IllegalArgumentException("metadata field " + name
                        + " must be a string, long, double, boolean, instant or list of strings: "
                        + (value == null
                                ? "null"
                                : value + " is " + value.getClass().getName()));
        };
    }

    private static List<String> strings(String name, List<?> list) {
        List<String> strings = new ArrayList<>(list.size());
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException(
                        "metadata field " + name + " must hold strings only: " + item);
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    /** The value of a field: a String, Long, Double, Boolean, Instant or List of Strings, or null. */
    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** All values by name; unmodifiable. */
    public SortedMap<String, Object> values() {
        return values;
    }

    /** Whether there is no value. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
