package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into pieces of one size, wherever that falls: between two user-perceived characters, or between two tokens if
 * the size counts those. Only white space at the edges of a chunk makes it shorter. Reads any document as plain text.
 *
 * @param size the maximum and the overlap
 */
public record FixedChunker(ChunkSize size) implements Chunker {
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
                        Seams.ANYWHERE,
                        (start, end) -> pieces.add(Piece.of(start, end)));
        return source.chunks(pieces);
    }

    @Override
    public String identity() {
        return "fixed 1, " + size.identity();
    }
}
