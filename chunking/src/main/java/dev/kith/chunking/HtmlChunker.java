package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        HtmlBlocks html = HtmlBlocks.of(document.text());
        HtmlText source = html.text();
        String visible = source.toString();
        Packer packer = new Packer(visible, size, source::isJoined);
        html.blocks().forEach(packer::add);
        List<Chunk> chunks = new ArrayList<>();
        for (Packer.Piece piece : packer.pieces()) {
            Span span = new Span(piece.start(), piece.end());
            chunks.add(new Chunk(
                    source.source(span),
                    span.of(visible),
                    piece.headings(),
                    piece.context(),
                    parent(source, piece.parent()),
                    Metadata.empty()));
        }
        return List.copyOf(chunks);
    }

    private static @Nullable Span parent(HtmlText source, @Nullable Span parent) {
        return parent == null ? null : source.source(parent);
    }

    @Override
    public String identity() {
        return "html 1, " + size.identity();
    }
}
