package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;

import java.util.List;

/**
 * Cuts source code along its structure, in any language that shows it by indentation, braces and blank lines: definitions
 * are kept whole if they fit, with the comments and annotations above them, and small neighbours are joined. A definition
 * larger than the maximum is divided into its parts, and each further chunk has its first line as {@link Chunk#context()},
 * with those of the definitions around it. What still is too large is cut between lines. Reads any document as code,
 * whatever its format; parses no language.
 *
 * @param size the maximum, and the overlap, which applies where lines without structure have to be cut
 */
public record CodeChunker(ChunkSize size) implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.code(document);
        return source.chunks(source.pack(size));
    }

    @Override
    public String identity() {
        return "code 1, " + size.identity();
    }
}
