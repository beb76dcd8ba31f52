package dev.kith.retrieval.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A recursive-descent parser of filter text. The grammar, keywords in any case:
 *
 * <pre>
 * filter    = ["where"] or
 * or        = and { ("||" | "or") and }
 * and       = unary { ("&amp;&amp;" | "and") unary }
 * unary     = ("!" | "not") unary | "(" or ")" | "exists" "(" field ")" | condition
 * condition = field ("==" | "=" | "!=" | "&lt;&gt;" | "&gt;" | "&gt;=" | "&lt;" | "&lt;=") value
 *           | field ("in" | "nin" | "not" "in") "[" [value {"," value}] "]"
 *           | field "contains" string  |  field "is" ["not"] "null"
 * field     = name | string        name = letter or _ , then letters, digits, _ . -
 * value     = string | number | "true" | "false"
 * </pre>
 */
final class FilterParser {
    private static final int MAX_DEPTH = 200;
    private final String text;
    private int at;
    private int depth;

    FilterParser(String text) {
        this.text = text;
    }

    Filter parse() {
        word("where");
        Filter filter = or();
        if (!atEnd()) {
            throw error("expected && or ||");
        }
        return filter;
    }

    private Filter or() {
        return chain(this::and, "||", "or", Filter.Or::new);
    }

    private Filter and() {
        return chain(this::unary, "&&", "and", Filter.And::new);
    }

    private Filter chain(
            Supplier<Filter> part,
            String symbol,
            String word,
            Function<List<Filter>, Filter> join) {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (symbol(symbol) || word(word));
        return parts.size() == 1 ? parts.getFirst() : join.apply(parts);
    }

    private Filter unary() {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
        Filter filter;
        if (symbol("!") || word("not")) {
            filter = new Filter.Not(unary());
        } else if (symbol("(")) {
            filter = or();
            expect(")");
        } else {
            int start = at;
            if (word("exists")) {
                if (symbol("(")) {
                    filter = new Filter.Exists(field());
                    expect(")");
                } else {
                    at = start;
                    throw error("exists is a function: exists(field); quote a field of that name");
                }
            } else {
                filter = condition();
            }
        }
        depth--;
        return filter;
    }

    private Filter condition() {
        String field = field();
        if (word("in")) {
            return new Filter.In(field, values());
        }
        if (word("nin")) {
            return new Filter.NotIn(field, values());
        }
        if (word("not")) {
            expectWord("in");
            return new Filter.NotIn(field, values());
        }
        if (word("contains")) {
            return new Filter.Contains(field, string("a string to look for"));
        }
        if (word("is")) {
            boolean not = word("not");
            expectWord("null");
            Filter exists = new Filter.Exists(field);
            return not ? exists : new Filter.Not(exists);
        }
        return comparison().apply(field, value());
    }

    private BiFunction<String, Object, Filter> comparison() {
        if (symbol("==") || symbol("=")) {
            return Filter.Eq::new;
        }
        if (symbol("!=") || symbol("<>")) {
            return Filter.Ne::new;
        }
        if (symbol(">=")) {
            return Filter.Ge::new;
        }
        if (symbol("<=")) {
            return Filter.Le::new;
        }
        if (symbol(">")) {
            return Filter.Gt::new;
        }
        if (symbol("<")) {
            return Filter.Lt::new;
        }
        throw error("expected == != > >= < <= in, not in, contains or is null");
    }

    private String field() {
        skipSpace();
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            int start = at;
            String field = string("a field");
            if (field.isBlank()) {
                at = start;
                throw error("expected a field's name");
            }
            return field;
        }
        int end = nameEnd();
        String name = text.substring(at, end);
        if (name.isEmpty()) {
            throw error("expected a field");
        }
        if (FilterText.KEYWORDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw error("expected a field, found the keyword " + name);
        }
        at = end;
        return name;
    }

    private List<Object> values() {
        expect("[");
        List<Object> values = new ArrayList<>();
        if (symbol("]")) {
            return values;
        }
        do {
            values.add(value());
        } while (symbol(","));
        expect("]");
        return values;
    }

    private Object value() {
        skipSpace();
        if (word("true")) {
            return true;
        }
        if (word("false")) {
            return false;
        }
        if (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                return string("a value");
            }
            if (c == '-' || c == '+' || c == '.' || isDigit(c)) {
                return number();
            }
        }
        throw error("expected a string in quotes, a number, true or false");
    }

    private Object number() {
        int start = at;
        int end = at;
        while (end < text.length() && isNumberPart(end)) {
            end++;
        }
        String number = text.substring(start, end);
        try {
            String digits = number.replaceFirst("[lL]$", "");
            Object value = digits.matches("[+-]?[0-9]+")
                    ? (Object) Long.valueOf(digits)
                    : (Object) Double.valueOf(number);
            if (value instanceof Double real && !Double.isFinite(real)) {
                throw error("not a finite number: " + number);
            }
            at = end;
            return value;
        } catch (NumberFormatException e) {
            FilterSyntaxException error = error("not a number: " + number);
            error.initCause(e);
            throw error;
        }
    }

    private boolean isNumberPart(int index) {
        char c = text.charAt(index);
        boolean sign = (c == '-' || c == '+')
                && (index == at || "eE".indexOf(text.charAt(index - 1)) >= 0);
        return sign || c == '.' || isNameStart(c) || isDigit(c);
    }

    private String string(String what) {
        skipSpace();
        if (at == text.length() || (text.charAt(at) != '\'' && text.charAt(at) != '"')) {
            throw error("expected " + what + " in quotes");
        }
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            string.append(text.charAt(at) == '\\' ? escape() : text.charAt(at++));
        }
        if (at == text.length()) {
            at = start;
            throw error("string without an end");
        }
        at++;
        return string.toString();
    }

    private char escape() {
        int start = at++;
        char c = at < text.length() ? text.charAt(at++) : 0;
        int code = switch (c) {
            case '\\', '\'', '"' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> -1;
        };
        if (code < 0) {
            at = start;
            throw error("unknown escape, expected \\\\ \\' \\\" \\n \\r \\t or \\uXXXX");
        }
        return (char) code;
    }

    private int hex() {
        int end = at + 4;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
            return -1;
        }
        at = end;
        return Integer.parseInt(text.substring(end - 4, end), 16);
    }

    private void expect(String symbol) {
        if (!symbol(symbol)) {
            throw error("expected " + symbol);
        }
    }

    private void expectWord(String word) {
        if (!word(word)) {
            throw error("expected " + word);
        }
    }

    private boolean symbol(String symbol) {
        skipSpace();
        // "!" must not take the first half of "!=".
        if (!text.startsWith(symbol, at) || (symbol.equals("!") && text.startsWith("!=", at))) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    private boolean word(String word) {
        skipSpace();
        int end = nameEnd();
        if (end - at != word.length() || !text.regionMatches(true, at, word, 0, word.length())) {
            return false;
        }
        at = end;
        return true;
    }

    private int nameEnd() {
        int end = at;
        if (end < text.length() && isNameStart(text.charAt(end))) {
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '.' || c == '-';
    }

    private boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private FilterSyntaxException error(String problem) {
        skipSpace();
        String found = at == text.length()
                ? "the end"
                : text.substring(at, Math.min(at + 12, text.length()));
        return new FilterSyntaxException(problem + ", found " + found, at, text);
    }
}
