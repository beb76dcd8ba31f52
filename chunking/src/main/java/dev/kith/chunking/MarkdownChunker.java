package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Metadata;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts CommonMark with GFM tables along its structure. A chunk lies in one section and knows the titles above it; code,
 * tables and list items are cut only when they are larger than the maximum, a cut table repeats its header as
 * {@link Chunk#context()}, small blocks of a section are joined. Overlap applies where running text or code is cut.
 *
 * <p>Front matter (YAML or TOML) is a chunk of its own, and its title the outermost heading. Reads any document as
 * Markdown, whatever its format.
 *
 * @param size the maximum and the overlap
 */
public record MarkdownChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        String text = document.text();
        Packer packer = new Packer(text, size, _ -> false);
        FrontMatter front = FrontMatter.of(text);
        if (front.title() != null) {
            packer.title(front.title());
        }
        if (front.end() > 0) {
            int start = Breaks.skip(text, 0, front.end());
            packer.add(new Block.Text(start, Breaks.trim(text, start, front.end()), false));
            packer.endSection();
        }
        MarkdownBlocks.of(text, front.end()).forEach(packer::add);
        List<Chunk> chunks = new ArrayList<>();
        for (Packer.Piece piece : packer.pieces()) {
            Span span = new Span(piece.start(), piece.end());
            chunks.add(new Chunk(
                    span,
                    span.of(text),
                    piece.headings(),
                    piece.context(),
                    piece.parent(),
                    Metadata.empty()));
        }
        return List.copyOf(chunks);
    }

    @Override
    public String identity() {
        return "markdown 1, " + size.identity();
    }
}
