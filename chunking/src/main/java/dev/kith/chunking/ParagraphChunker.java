package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text between paragraphs only: as many whole paragraphs to a chunk as fit. A blank line, a form feed or a paragraph
 * separator ends a paragraph; one larger than the maximum is cut at its strongest natural breaks. With overlap a chunk
 * starts at a natural break inside the one before. Reads any document as plain text.
 *
 * @param size the maximum and the overlap
 */
public record ParagraphChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.plain(document);
        String text = source.text();
        List<Piece> pieces = new ArrayList<>();
        new Joiner(text, size, Ruler.of(size, text), Seams.NATURAL)
                .join(
                        0,
                        text.length(),
                        start -> Breaks.paragraphEnd(text, start, text.length()),
                        (start, end) -> pieces.add(Piece.of(start, end)));
        return source.chunks(pieces);
    }

    @Override
    public String identity() {
        return "paragraph 1, " + size.identity();
    }
}
