package dev.kith.retrieval;

import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found.
 *
 * @param documentId the document it is a part of
 * @param ordinal its number among the document's chunks, from 0
 * @param span where it stands in the document's text
 * @param text the passage as it stands there, {@code span.of(document.text())}
 * @param content what was embedded and searched: the passage, or its visible text if the source is HTML
 * @param headings the titles of the sections around it, outermost first
 * @param parent the larger passage that it is a part of, or null
 * @param score in [0, 1], larger is better, comparable within one search; what it is depends on the query's mode, see
 *     {@link Query.Mode}
 * @param signals what the score was made of
 * @param metadata the document's fields, and the chunk's own over them
 */
public record Hit(
        String documentId,
        int ordinal,
        Span span,
        String text,
        String content,
        List<String> headings,
        @Nullable Span parent,
        double score,
        Signals signals,
        Metadata metadata) {
    /** The citation of the passage under a label. */
    public Citation citation(String label) {
        String source = metadata.get("source") instanceof String text ? text : null;
        return new Citation(label, documentId, source, span.start(), span.end(), text);
    }
}
