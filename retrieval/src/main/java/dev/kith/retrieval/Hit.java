package dev.kith.retrieval;

import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found, or the passage around it if the query widens its hits. What {@link #citation} quotes is what the
 * reader was given; {@link #found} says where in it the search found something.
 *
 * @param documentId the document it is a part of
 * @param ordinal the best chunk's number among the document's, from 0
 * @param span where the passage stands in the document's text
 * @param text the passage as it stands there, {@code span.of(document.text())}
 * @param content what was embedded and searched: the passage, or its visible text if the source is HTML; of several chunks,
 *     one after another
 * @param headings the titles of the sections around the best chunk, outermost first
 * @param parent the larger passage that the best chunk is a part of, or null
 * @param score in [0, 1], larger is better, comparable within one search; what it is depends on the query's mode, see
 *     {@link Query.Mode}
 * @param signals what the score was made of
 * @param metadata the document's fields, and the best chunk's own over them
 * @param found the spans of the chunks that were found, best first; all inside {@code span}, which is the only one unless
 *     the query widens its hits
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
        Metadata metadata,
        List<Span> found) {
    /** Copies the lists. */
    public Hit {
        headings = List.copyOf(headings);
        found = List.copyOf(found);
    }

    /** The citation of the passage under a label. */
    public Citation citation(String label) {
        String source = metadata.get("source") instanceof String text ? text : null;
        return new Citation(label, documentId, source, span.start(), span.end(), text);
    }
}
