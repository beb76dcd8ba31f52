package dev.kith.retrieval.store;

import static dev.kith.retrieval.filter.FieldType.STRING;
import static dev.kith.retrieval.filter.FieldType.STRINGS;

import dev.kith.retrieval.filter.FieldType;
import dev.kith.retrieval.filter.Filter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** A filter as a Lucene query over points and terms, under a schema. */
public final class FilterQuery {
    private enum Bound {
        GT,
        GE,
        LT,
        LE
    }

    private final Schema schema;

    private FilterQuery(Schema schema) {
        this.schema = schema;
    }

    /**
     * Compiles a filter.
     *
     * @throws IllegalArgumentException if a field is unknown (names the known ones) or a value does not suit its field's
     *     type (names field, type and value)
     */
    public static Query of(Filter filter, Schema schema) {
        return new FilterQuery(schema).query(filter);
    }

    private Query query(Filter filter) {
        return switch (filter) {
            case Filter.Eq(String field, Object value) -> equal(field, value);
            case Filter.Ne(String field, Object value) -> not(equal(field, value));
            case Filter.Gt(String field, Object value) -> range(field, value, Bound.GT);
            case Filter.Ge(String field, Object value) -> range(field, value, Bound.GE);
            case Filter.Lt(String field, Object value) -> range(field, value, Bound.LT);
            case Filter.Le(String field, Object value) -> range(field, value, Bound.LE);
            case Filter.In(String field, List<Object> values) -> in(field, values);
            case Filter.NotIn(String field, List<Object> values) -> not(in(field, values));
            case Filter.Contains(String field, String member) -> contains(field, member);
            case Filter.Exists(String field) -> exists(field);
            case Filter.And(List<Filter> parts) -> join(parts, Occur.FILTER);
            case Filter.Or(List<Filter> parts) -> join(parts, Occur.SHOULD);
            case Filter.Not(Filter part) -> not(query(part));
        };
    }

    private Query join(List<Filter> parts, Occur occur) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        parts.forEach(part -> builder.add(query(part), occur));
        return builder.build();
    }

    private static Query not(Query query) {
        return new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                .add(query, Occur.MUST_NOT)
                .build();
    }

    private Query exists(String field) {
        schema.type(field);
        return new TermQuery(new Term(Layout.HAS, field));
    }

    private Query contains(String field, String member) {
        FieldType type = schema.type(field);
        if (type != STRINGS) {
            throw mismatch(field, type, "contains", member);
        }
        return KeywordField.newExactQuery(Layout.field(field), member);
    }

    private Query equal(String field, Object value) {
        FieldType type = schema.type(field);
        String name = Layout.field(field);
        return switch (type) {
            case STRING -> KeywordField.newExactQuery(name, string(field, type, value));
            case DOUBLE -> DoubleField.newExactQuery(name, real(field, type, value));
            case LONG, BOOLEAN, INSTANT -> {
                Object whole = whole(field, type, value);
                yield whole instanceof Long number
                        ? LongField.newExactQuery(name, number)
                        : new MatchNoDocsQuery(value + " is not a long");
            }
            case STRINGS -> throw mismatch(field, type, "== (use contains)", value);
        };
    }

    private Query in(String field, List<Object> values) {
        FieldType type = schema.type(field);
        String name = Layout.field(field);
        return switch (type) {
            case STRING -> {
                List<BytesRef> terms = new ArrayList<>();
                values.forEach(value -> terms.add(new BytesRef(string(field, type, value))));
                yield KeywordField.newSetQuery(name, terms);
            }
            case DOUBLE ->
                DoubleField.newSetQuery(
                        name,
                        values.stream()
                                .mapToDouble(value -> real(field, type, value))
                                .toArray());
            case LONG, BOOLEAN, INSTANT ->
                LongField.newSetQuery(
                        name,
                        values.stream()
                                .map(value -> whole(field, type, value))
                                .filter(Long.class::isInstance)
                                .mapToLong(Long.class::cast)
                                .toArray());
            case STRINGS -> throw mismatch(field, type, "in (use contains)", values);
        };
    }

    private Query range(String field, Object value, Bound bound) {
        FieldType type = schema.type(field);
        String name = Layout.field(field);
        return switch (type) {
            case STRING -> strings(name, string(field, type, value), bound);
            case DOUBLE -> reals(name, real(field, type, value), bound);
            case LONG, INSTANT ->
                switch (whole(field, type, value)) {
                    case Long number -> wholes(name, number, bound);
                    case Double number -> between(name, number, bound);
                    default -> throw mismatch(field, type, bound.name(), value);
                };
            case BOOLEAN, STRINGS -> throw mismatch(field, type, bound.name(), value);
        };
    }

    private static Query strings(String name, String value, Bound bound) {
        BytesRef term = new BytesRef(value);
        return switch (bound) {
            case GT -> new TermRangeQuery(name, term, null, false, true);
            case GE -> new TermRangeQuery(name, term, null, true, true);
            case LT -> new TermRangeQuery(name, null, term, true, false);
            case LE -> new TermRangeQuery(name, null, term, true, true);
        };
    }

    private static Query reals(String name, double value, Bound bound) {
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        return switch (bound) {
            case GT -> DoubleField.newRangeQuery(name, Math.nextUp(value), most);
            case GE -> DoubleField.newRangeQuery(name, value, most);
            case LT -> DoubleField.newRangeQuery(name, least, Math.nextDown(value));
            case LE -> DoubleField.newRangeQuery(name, least, value);
        };
    }

    private static Query wholes(String name, long value, Bound bound) {
        if ((bound == Bound.GT && value == Long.MAX_VALUE)
                || (bound == Bound.LT && value == Long.MIN_VALUE)) {
            return new MatchNoDocsQuery("beyond the largest long");
        }
        return switch (bound) {
            case GT -> LongField.newRangeQuery(name, value + 1, Long.MAX_VALUE);
            case GE -> LongField.newRangeQuery(name, value, Long.MAX_VALUE);
            case LT -> LongField.newRangeQuery(name, Long.MIN_VALUE, value - 1);
            case LE -> LongField.newRangeQuery(name, Long.MIN_VALUE, value);
        };
    }

    /** A long field against a number between two longs, or beyond all. */
    private static Query between(String name, double value, Bound bound) {
        boolean above = bound == Bound.GT || bound == Bound.GE;
        if (value >= 0x1p63) {
            return above ? new MatchNoDocsQuery("beyond the largest long") : all(name);
        }
        if (value < -0x1p63) {
            return above ? all(name) : new MatchNoDocsQuery("beyond the least long");
        }
        return above
                ? wholes(name, (long) Math.ceil(value), Bound.GE)
                : wholes(name, (long) Math.floor(value), Bound.LE);
    }

    private static Query all(String name) {
        return LongField.newRangeQuery(name, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static String string(String field, FieldType type, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw mismatch(field, type, "a comparison", value);
    }

    private static double real(String field, FieldType type, Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            default -> throw mismatch(field, type, "a comparison", value);
        };
    }

    /** The long that stands for a value, or a Double that is no long. */
    private static Object whole(String field, FieldType type, Object value) {
        return switch (value) {
            case Long number when type == FieldType.LONG -> number;
            case Double number when type == FieldType.LONG -> exact(number);
            case Boolean flag when type == FieldType.BOOLEAN -> flag ? 1L : 0L;
            case String text when type == FieldType.INSTANT -> instant(field, text);
            default -> throw mismatch(field, type, "a comparison", value);
        };
    }

    private static Object exact(double number) {
        boolean isLong = number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
        return isLong ? (Object) (long) number : (Object) number;
    }

    private static long instant(String field, String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "field " + field
                            + " is of type instant; expected ISO-8601 as in 2026-01-31T12:00:00Z, found "
                            + text,
                    e);
        }
    }

    private static IllegalArgumentException mismatch(
            String field, FieldType type, String operator, Object value) {
        return new IllegalArgumentException("field " + field + " is of type " + type + ", which "
                + operator + " cannot compare with " + value + " (" + FieldType.of(value) + ")");
    }
}
