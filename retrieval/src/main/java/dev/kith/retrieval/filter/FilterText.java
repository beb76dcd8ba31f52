package dev.kith.retrieval.filter;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a filter as the text that {@link FilterParser} reads. */
final class FilterText {
    /** Words that cannot stand for a field unless quoted. */
    static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "in",
            "nin",
            "is",
            "null",
            "contains",
            "exists",
            "true",
            "false",
            "where");

    private FilterText() {}

    static String of(Filter filter) {
        return switch (filter) {
            case Filter.Eq(String field, Object value) -> compare(field, "==", value);
            case Filter.Ne(String field, Object value) -> compare(field, "!=", value);
            case Filter.Gt(String field, Object value) -> compare(field, ">", value);
            case Filter.Ge(String field, Object value) -> compare(field, ">=", value);
            case Filter.Lt(String field, Object value) -> compare(field, "<", value);
            case Filter.Le(String field, Object value) -> compare(field, "<=", value);
            case Filter.In(String field, List<Object> values) ->
                field(field) + " in " + list(values);
            case Filter.NotIn(String field, List<Object> values) ->
                field(field) + " not in " + list(values);
            case Filter.Contains(String field, String member) -> compare(field, "contains", member);
            case Filter.Exists(String field) -> "exists(" + field(field) + ")";
            case Filter.And(List<Filter> parts) -> join(parts, " && ");
            case Filter.Or(List<Filter> parts) -> join(parts, " || ");
            case Filter.Not(Filter part) -> "!(" + of(part) + ")";
        };
    }

    private static String compare(String field, String operator, Object value) {
        return field(field) + " " + operator + " " + value(value);
    }

    private static String join(List<Filter> parts, String operator) {
        return parts.stream()
                .map(part -> part instanceof Filter.And || part instanceof Filter.Or
                        ? "(" + of(part) + ")"
                        : of(part))
                .collect(Collectors.joining(operator));
    }

    private static String list(List<Object> values) {
        return values.stream().map(FilterText::value).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String value(Object value) {
        return value instanceof String text ? quote(text) : value.toString();
    }

    private static String field(String field) {
        boolean plain = FilterParser.isNameStart(field.charAt(0))
                && field.chars().allMatch(c -> FilterParser.isNamePart((char) c))
                && !KEYWORDS.contains(field.toLowerCase(Locale.ROOT));
        return plain ? field : quote(field);
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
