package dev.kith.retrieval.filter;

/** A filter's text cannot be read. Names the position. */
public final class FilterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final int position;

    FilterSyntaxException(String problem, int position, String text) {
        super(problem + " at position " + position + " of filter: " + text);
        this.position = position;
    }

    /** Where the text stops making sense: a UTF-16 offset from 0, the text's length if something is missing at its end. */
    public int position() {
        return position;
    }
}
