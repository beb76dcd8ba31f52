package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;
import dev.kith.retrieval.Signals;
import dev.kith.text.Document;
import dev.kith.text.Metadata;
import dev.kith.text.Span;

import java.util.List;

/** Hits by hand. */
final class Hits {
    private static final Signals NO_SIGNALS = new Signals(null, null, null, null, null, List.of());

    private Hits() {}

    /** The part of a document from one place to another. */
    static Hit of(Document document, int start, int end) {
        Span span = new Span(start, end);
        return of(document, span, span.of(document.text()));
    }

    /** The part of a document that is this text. */
    static Hit of(Document document, String part) {
        int start = document.text().indexOf(part);
        return of(document, start, start + part.length());
    }

    /** A part of a document whose visible text is another. */
    static Hit of(Document document, Span span, String content) {
        return new Hit(
                document.id(),
                0,
                span,
                span.of(document.text()),
                content,
                List.of("Manual", "Keys"),
                null,
                0.5,
                NO_SIGNALS,
                Metadata.empty().with("source", "https://kith.dev/" + document.id()),
                List.of(span));
    }
}
