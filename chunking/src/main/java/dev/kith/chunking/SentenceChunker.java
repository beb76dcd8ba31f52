package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text at the ends of sentences only: as many whole sentences to a chunk as fit. A sentence larger than the maximum is
 * cut at its strongest natural breaks. With overlap a chunk starts with sentences of the one before. Reads any document as
 * plain text.
 *
 * <p>Sentences are those of Unicode Standard Annex 29, in any script, except that abbreviations, initials and the numbers of
 * headings end none, that single line ends mean nothing, and that blank lines and form feeds end one.
 *
 * @param size the maximum and the overlap
 */
public record SentenceChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.plain(document);
        String text = source.text();
        List<Piece> pieces = new ArrayList<>();
        new Joiner(text, size, Ruler.of(size, text), Seams.SENTENCES)
                .join(
                        0,
                        text.length(),
                        new Sentences(text, text.length()),
                        (start, end) -> pieces.add(Piece.of(start, end)));
        return source.chunks(pieces);
    }

    @Override
    public String identity() {
        return "sentence 1, " + size.identity();
    }
}
