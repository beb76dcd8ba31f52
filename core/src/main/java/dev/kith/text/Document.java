package dev.kith.text;

/**
 * A text to be chunked and searched.
 *
 * @param id the caller's name for it, unique in a corpus: a path, a URI, a key
 * @param text the source, exactly as every span counts it
 * @param format what the text is written in
 * @param metadata its typed fields
 */
public record Document(String id, String text, Format format, Metadata metadata) {
    /** @throws IllegalArgumentException if the id is blank */
    public Document {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a document needs an id");
        }
    }

    /** Plain text without metadata. */
    public static Document of(String id, String text) {
        return new Document(id, text, Format.PLAIN, Metadata.empty());
    }
}
