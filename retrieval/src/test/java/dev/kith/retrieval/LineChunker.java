package dev.kith.retrieval;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Metadata;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;

/**
 * A chunk is a line. A line {@code # title} is the heading of those below it; a chunk's metadata is its line, if asked for.
 */
public record LineChunker(boolean withLines) implements Chunker {
    public LineChunker() {
        this(false);
    }

    @Override
    public List<Chunk> chunk(Document document) {
        String text = document.text();
        List<Chunk> chunks = new ArrayList<>();
        List<String> headings = List.of();
        int start = 0;
        int number = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            Span line = new Span(start, end);
            if (line.of(text).startsWith("# ")) {
                headings = List.of(line.of(text).substring(2));
            } else if (!line.of(text).isBlank()) {
                Metadata metadata =
                        withLines ? Metadata.empty().with("line", number) : Metadata.empty();
                chunks.add(new Chunk(line, line.of(text), headings, "", null, metadata));
            }
            start = end + 1;
            number++;
        }
        return chunks;
    }

    @Override
    public String identity() {
        return "lines" + withLines;
    }
}
