package dev.kith.cli;

import dev.kith.chunking.ChunkSize;
import dev.kith.chunking.FixedChunker;
import dev.kith.chunking.FormatChunker;
import dev.kith.chunking.HierarchicalChunker;
import dev.kith.chunking.ParagraphChunker;
import dev.kith.chunking.RecursiveChunker;
import dev.kith.chunking.SemanticChunker;
import dev.kith.chunking.SentenceChunker;
import dev.kith.text.Chunker;
import dev.kith.text.Embedder;

import java.util.Locale;

/** How {@code kith index} cuts documents. */
enum ChunkerChoice {
    /** Along headings, lists, tables and code. */
    STRUCTURE,
    /** Small passages that know the larger one around them. */
    HIERARCHICAL,
    /** At paragraphs, else lines, else sentences. */
    RECURSIVE,
    /** Between paragraphs. */
    PARAGRAPH,
    /** Between sentences. */
    SENTENCE,
    /** Where the subject changes. */
    SEMANTIC,
    /** Anywhere. */
    FIXED;

    private static final double OVERLAP_SHARE = 0.1;
    private static final int CHILDREN = 3;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The chunker whose passages have at most so many of the embedder's tokens. */
    Chunker chunker(Embedder embedder, int largest) {
        ChunkSize size = size(embedder, largest);
        return switch (this) {
            case STRUCTURE -> new FormatChunker(size);
            case HIERARCHICAL ->
                new HierarchicalChunker(
                        ChunkSize.tokens(embedder.tokenizer(), largest, 0),
                        size(embedder, Math.max(1, largest / CHILDREN)));
            case RECURSIVE -> new RecursiveChunker(size);
            case PARAGRAPH -> new ParagraphChunker(size);
            case SENTENCE -> new SentenceChunker(size);
            case SEMANTIC -> SemanticChunker.of(embedder, size);
            case FIXED -> new FixedChunker(size);
        };
    }

    private static ChunkSize size(Embedder embedder, int largest) {
        return ChunkSize.tokens(embedder.tokenizer(), largest, (int) (largest * OVERLAP_SHARE));
    }
}
