package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Tokenizer;

import java.util.List;

/**
 * Chooses by the document's format: {@link RecursiveChunker}, {@link MarkdownChunker}, {@link HtmlChunker} or
 * {@link CodeChunker}, all of one size. What a corpus uses unless it is told otherwise.
 *
 * @param size the maximum and the overlap
 */
public record FormatChunker(ChunkSize size) implements Chunker {
    /** Chunks of up to 1000 characters, with an overlap of up to 100. */
    public static FormatChunker byCharacters() {
        return new FormatChunker(ChunkSize.characters(1000, 100));
    }

    /** Chunks of up to 256 tokens, with an overlap of up to 32. */
    public static FormatChunker byTokens(Tokenizer tokenizer) {
        return new FormatChunker(ChunkSize.tokens(tokenizer, 256, 32));
    }

    @Override
    public List<Chunk> chunk(Document document) {
        Chunker chunker = switch (document.format()) {
            case PLAIN -> new RecursiveChunker(size);
            case MARKDOWN -> new MarkdownChunker(size);
            case HTML -> new HtmlChunker(size);
            case CODE -> new CodeChunker(size);
        };
        return chunker.chunk(document);
    }

    /** Holds the identity of each chunker it may choose. */
    @Override
    public String identity() {
        return "by format 2: " + new RecursiveChunker(size).identity() + "; "
                + new MarkdownChunker(size).identity() + "; " + new HtmlChunker(size).identity()
                + "; " + new CodeChunker(size).identity();
    }
}
