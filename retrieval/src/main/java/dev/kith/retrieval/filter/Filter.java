package dev.kith.retrieval.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on metadata. Total and two-valued: a comparison with a field that a document does not have is false, and
 * {@link Ne}, {@link NotIn} and {@link Not} are exact negations, so they are true for it.
 *
 * <p>Values are strings, longs, doubles and booleans; ints and floats are widened, an instant is held as its ISO-8601 text
 * and compared as an instant on an instant field. Immutable, equal by content; {@code parse(f.toText()).equals(f)}.
 *
 * <p>Thread-safe. See {@code docs/filters.md} for the text form.
 */
public sealed interface Filter {
    /** The field equals the value. */
    record Eq(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Eq {
            value = typed(field, value);
        }
    }

    /** The field is missing or differs from the value. */
    record Ne(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Ne {
            value = typed(field, value);
        }
    }

    /** The field is greater than the value. */
    record Gt(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Gt {
            value = typed(field, value);
        }
    }

    /** The field is the value or greater. */
    record Ge(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Ge {
            value = typed(field, value);
        }
    }

    /** The field is less than the value. */
    record Lt(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Lt {
            value = typed(field, value);
        }
    }

    /** The field is the value or less. */
    record Le(String field, Object value) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or the value has no filter type */
        public Le {
            value = typed(field, value);
        }
    }

    /** The field equals one of the values; never true for an empty list. */
    record In(String field, List<Object> values) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or a value has no filter type */
        public In {
            values = allTyped(field, values);
        }
    }

    /** The field is missing or equals none of the values. */
    record NotIn(String field, List<Object> values) implements Filter {
        /** @throws IllegalArgumentException if the field is blank or a value has no filter type */
        public NotIn {
            values = allTyped(field, values);
        }
    }

    /** The string list has the member. */
    record Contains(String field, String member) implements Filter {
        /** @throws IllegalArgumentException if the field is blank */
        public Contains {
            checkField(field);
        }
    }

    /** The document has the field. */
    record Exists(String field) implements Filter {
        /** @throws IllegalArgumentException if the field is blank */
        public Exists {
            checkField(field);
        }
    }

    /** All of them hold. */
    record And(List<Filter> parts) implements Filter {
        /** @throws IllegalArgumentException if there are fewer than two */
        public And {
            parts = twoOrMore(parts);
        }
    }

    /** At least one of them holds. */
    record Or(List<Filter> parts) implements Filter {
        /** @throws IllegalArgumentException if there are fewer than two */
        public Or {
            parts = twoOrMore(parts);
        }
    }

    /** The part does not hold. */
    record Not(Filter part) implements Filter {}

    /**
     * Reads the text form: {@code product == 'vault' && (year >= 2024 || tags contains 'draft')}.
     *
     * @throws FilterSyntaxException if the text cannot be read; names the position
     */
    static Filter parse(String text) {
        return new FilterParser(text).parse();
    }

    /** Both hold. */
    default Filter and(Filter other) {
        return new And(List.of(this, other));
    }

    /** At least one holds. */
    default Filter or(Filter other) {
        return new Or(List.of(this, other));
    }

    /** The text form, which {@link #parse} reads back as an equal filter. */
    default String toText() {
        return FilterText.of(this);
    }

    private static void checkField(String field) {
        if (field.isBlank()) {
            throw new IllegalArgumentException("a filter needs a field's name");
        }
    }

    private static Object typed(String field, Object value) {
        checkField(field);
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Boolean flag -> flag;
            case Integer number -> number.longValue();
            case Instant instant -> instant.toString();
            case Float number -> typed(field, number.doubleValue());
            case Double number when Double.isFinite(number) -> number + 0.0; // -0.0 is 0.0
            default ->
                throw new IllegalArgumentException("field " + field
                        + " can be compared with a string, number, boolean or instant, not with "
                        + value);
        };
    }

    private static List<Object> allTyped(String field, List<?> values) {
        List<Object> copy = new ArrayList<>(values.size());
        for (Object value : values) {
            copy.add(typed(field, value));
        }
        checkField(field);
        return List.copyOf(copy);
    }

    private static List<Filter> twoOrMore(List<Filter> parts) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException("and, or need two parts or more: " + parts);
        }
        return List.copyOf(parts);
    }
}
