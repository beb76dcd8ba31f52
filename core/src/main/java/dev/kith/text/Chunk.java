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
 * @param metadata fields of the chunk alone, beside the document's. Kith's chunkers give {@link #ORDINAL}, {@link #COUNT} and,
 *     where they are known, {@link #TITLE} and {@link #PAGE}
 */
public record Chunk(
        Span span,
        String content,
        List<String> headings,
        String context,
        @Nullable Span parent,
        Metadata metadata) {
    /** Metadata: the chunk's number in its document, from 0; a long. */
    public static final String ORDINAL = "chunk.ordinal";

    /** Metadata: how many chunks its document has; a long. */
    public static final String COUNT = "chunk.count";

    /** Metadata: the title that the document's text gives itself; a string, absent if there is none. */
    public static final String TITLE = "chunk.title";

    /** Metadata: the page on which the chunk starts, from 1; a long, absent unless form feeds separate pages. */
    public static final String PAGE = "chunk.page";

    /** Copies the headings. */
    public Chunk {
        headings = List.copyOf(headings);
    }

    /** A passage that is its own content, with nothing around it. */
    public static Chunk of(String text, Span span) {
        return new Chunk(span, span.of(text), List.of(), "", null, Metadata.empty());
    }
}
