package dev.kith.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document. Its span is the truth: {@code span.of(document.text())} is the passage as a citation quotes it.
 *
 * @param span where the passage stands in the document's text
 * @param content what is embedded and searched: for plain text and Markdown the passage itself, for HTML its visible text
 * @param headings the titles of the sections around it, outermost first
 * @param context text that helps to understand the passage without being part of it, such as the header of a table that
 *     was cut; goes before the content when it is embedded, never into a citation; often empty
 * @param parent the span of the larger passage that this one is a part of, or null
 * @param metadata fields of the chunk alone, beside the document's
 */
public record Chunk(
        Span span,
        String content,
        List<String> headings,
        String context,
        @Nullable Span parent,
        Metadata metadata) {
    /** Copies the headings. */
    public Chunk {
        headings = List.copyOf(headings);
    }

    /** A passage that is its own content, with nothing around it. */
    public static Chunk of(String text, Span span) {
        return new Chunk(span, span.of(text), List.of(), "", null, Metadata.empty());
    }
}
