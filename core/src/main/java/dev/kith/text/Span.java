package dev.kith.text;

/**
 * A range of a document's text, in UTF-16 units as {@link String#substring(int, int)} counts them.
 *
 * @param start the first unit, inclusive
 * @param end behind the last unit, exclusive
 */
public record Span(int start, int end) {
    /** @throws IllegalArgumentException unless 0 &lt;= start &lt;= end */
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a span: [" + start + ", " + end + ")");
        }
    }

    /** The number of UTF-16 units. */
    public int length() {
        return end - start;
    }

    /** The part of the text that the span names. */
    public String of(String text) {
        return text.substring(start, end);
    }
}
