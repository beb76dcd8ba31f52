package dev.kith.retrieval.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.text.Metadata;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** What filters mean, said as simply as possible: evaluates one on one document's metadata. */
public final class FilterModel {
    private FilterModel() {}

    public static boolean test(Filter filter, Metadata metadata) {
        return switch (filter) {
            case Filter.Eq(String field, Object value) ->
                compare(metadata, field, value, c -> c == 0);
            case Filter.Ne(String field, Object value) ->
                !test(new Filter.Eq(field, value), metadata);
            case Filter.Gt(String field, Object value) ->
                compare(metadata, field, value, c -> c > 0);
            case Filter.Ge(String field, Object value) ->
                compare(metadata, field, value, c -> c >= 0);
            case Filter.Lt(String field, Object value) ->
                compare(metadata, field, value, c -> c < 0);
            case Filter.Le(String field, Object value) ->
                compare(metadata, field, value, c -> c <= 0);
            case Filter.In(String field, List<Object> values) ->
                values.stream().anyMatch(value -> test(new Filter.Eq(field, value), metadata));
            case Filter.NotIn(String field, List<Object> values) ->
                !test(new Filter.In(field, values), metadata);
            case Filter.Contains(String field, String member) ->
                metadata.get(field) instanceof List<?> list && list.contains(member);
            case Filter.Exists(String field) -> metadata.get(field) != null;
            case Filter.And(List<Filter> parts) ->
                parts.stream().allMatch(part -> test(part, metadata));
            case Filter.Or(List<Filter> parts) ->
                parts.stream().anyMatch(part -> test(part, metadata));
            case Filter.Not(Filter part) -> !test(part, metadata);
        };
    }

    private static boolean compare(
            Metadata metadata, String field, Object value, IntPredicate wanted) {
        Object found = metadata.get(field);
        return found != null && wanted.test(compare(found, value));
    }

    private static int compare(Object found, Object value) {
        return switch (found) {
            case String text ->
                Arrays.compareUnsigned(text.getBytes(UTF_8), ((String) value).getBytes(UTF_8));
            case Long number -> new BigDecimal(number).compareTo(new BigDecimal(value.toString()));
            case Double number ->
                Double.compare(number + 0.0, ((Number) value).doubleValue() + 0.0);
            case Boolean flag -> Boolean.compare(flag, (Boolean) value);
            case Instant instant -> instant.compareTo(Instant.parse((String) value));
            default -> throw new AssertionError(found);
        };
    }
}
