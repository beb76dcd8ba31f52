package dev.kith.retrieval;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A chunk is a line, or with an overlap a line and the end of the one before; its parent is the paragraph: the lines up to a
 * blank one. In HTML the content is the line without tags.
 */
record ParagraphLines(int overlap) implements Chunker {
    private static final Pattern PARAGRAPH = Pattern.compile("[^\\n]+(?:\\n[^\\n]+)*");
    private static final Pattern LINE = Pattern.compile("[^\\n]+");

    @Override
    public List<Chunk> chunk(Document document) {
        String text = document.text();
        List<Chunk> chunks = new ArrayList<>();
        for (MatchResult paragraph : PARAGRAPH.matcher(text).results().toList()) {
            Span parent = new Span(paragraph.start(), paragraph.end());
            for (MatchResult line : LINE.matcher(parent.of(text)).results().toList()) {
                int start = parent.start() + line.start();
                Span span = new Span(
                        Math.max(parent.start(), start - overlap), parent.start() + line.end());
                String content = document.format() == Format.HTML
                        ? span.of(text).replaceAll("<[^>]*>", "")
                        : span.of(text);
                chunks.add(new Chunk(span, content, List.of(), "", parent, Metadata.empty()));
            }
        }
        return chunks;
    }

    @Override
    public String identity() {
        return "paragraph lines " + overlap;
    }
}
