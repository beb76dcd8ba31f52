package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;
import dev.kith.text.Span;

/**
 * A piece of a document's source, and what a reader sees of it.
 *
 * @param span where it stands in the document's text
 * @param text the source there, {@code span.of(document.text())}
 * @param content what is shown: the same, or its visible text if the source is HTML
 */
public record Quote(Span span, String text, String content) {
    /** @throws IllegalArgumentException if the text is not as long as its span */
    public Quote {
        if (text.length() != span.length()) {
            throw new IllegalArgumentException("a span of " + span.length()
                    + " UTF-16 units cannot hold a text of " + text.length());
        }
    }

    /** All of a hit. */
    public static Quote of(Hit hit) {
        return new Quote(hit.span(), hit.text(), hit.content());
    }

    boolean verbatim() {
        return content.equals(text);
    }

    /** Whether the other piece, of the same document, overlaps or touches this one and says the same where they overlap. */
    boolean meets(Quote that) {
        if (that.span.start() < span.start()) {
            return that.meets(this);
        }
        int from = that.span.start() - span.start();
        int shared = Math.min(text.length() - from, that.text.length());
        return shared >= 0 && text.regionMatches(from, that.text, 0, shared);
    }

    /** The one piece that two which {@link #meets meet} make. */
    Quote union(Quote that) {
        if (that.span.start() < span.start()) {
            return that.union(this);
        }
        if (that.span.end() <= span.end()) {
            return this;
        }
        if (span.start() == that.span.start()) {
            return that;
        }
        int shared = span.end() - that.span.start();
        String all = text + that.text.substring(shared);
        boolean same = verbatim() && that.verbatim();
        return new Quote(
                new Span(span.start(), that.span.end()),
                all,
                same ? all : joined(content, that.content, shared));
    }

    /**
     * Visible texts of sources that overlap or touch. Where the overlap ends in them is not known: the longest end of the one
     * that begins the other is taken for it, but no more than the sources share, for a source is as long as its text.
     */
    private static String joined(String first, String second, int overlap) {
        if (overlap == 0) {
            return first + second;
        }
        int shared = Math.min(overlap, Math.min(first.length(), second.length()));
        while (shared > 0 && !first.endsWith(second.substring(0, shared))) {
            shared--;
        }
        return shared > 0 ? first + second.substring(shared) : first + "\n" + second;
    }
}
