package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

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
        Source source = Source.markdown(document);
        return source.chunks(source.pack(size));
    }

    @Override
    public String identity() {
        return "markdown 2, " + size.identity();
    }
}
