package dev.kith.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * A passage by which an answer can be checked: {@code document.text().substring(start, end).equals(quote)}.
 *
 * @param label how an answer refers to it: {@code [1]}, counted from the first hit
 * @param documentId the document
 * @param source the document's metadata field {@code source}, if it is a string: a URL, say; or null
 * @param start where the passage starts in the document's text, in UTF-16 units
 * @param end where it ends, exclusive
 * @param quote the passage
 */
public record Citation(
        String label,
        String documentId,
        @Nullable String source,
        int start,
        int end,
        String quote) {}
