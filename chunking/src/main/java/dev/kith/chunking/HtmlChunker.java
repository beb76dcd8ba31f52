package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.List;

/**
 * Cuts HTML along its structure, as {@link MarkdownChunker} does Markdown: sections by {@code h1} to {@code h6}; tables,
 * lists, items and {@code pre} kept together if they fit. A chunk's content is its visible text, and that is what the
 * maximum counts; its span reaches in the source from the first visible character's place to the last's, markup between
 * them included. A character reference is never cut,
 * not even one that stands for more than fits.
 *
 * <p>Reads any document as HTML, whatever its format, and as a browser without scripts or styles does. The head, scripts,
 * styles, templates, {@code noscript}, frames and elements with the attribute {@code hidden} are not visible.
 *
 * @param size the maximum and the overlap
 */
public record HtmlChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.html(document);
        return source.chunks(source.pack(size));
    }

    @Override
    public String identity() {
        return "html 3, " + size.identity();
    }
}
