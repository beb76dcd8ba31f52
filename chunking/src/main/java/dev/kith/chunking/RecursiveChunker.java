package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts plain text at paragraphs, else lines, else sentences, else words, else between grapheme clusters. Chunks are filled
 * up to the maximum, and with overlap each starts inside the one before, at a natural break. Reads any document as plain
 * text, whatever its format.
 *
 * @param size the maximum and the overlap
 */
public record RecursiveChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.plain(document);
        String text = source.text();
        List<Piece> pieces = new ArrayList<>();
        new Cutter(text, Ruler.of(size, text), size.overlap(), _ -> false)
                .cut(
                        0,
                        text.length(),
                        size.max(),
                        Seams.NATURAL,
                        (start, end) -> pieces.add(Piece.of(start, end)));
        return source.chunks(pieces);
    }

    @Override
    public String identity() {
        return "recursive 2, " + size.identity();
    }
}
