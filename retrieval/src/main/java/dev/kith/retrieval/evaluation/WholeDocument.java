package dev.kith.retrieval.evaluation;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Span;

import java.util.List;

/** One passage a document, as published figures are measured. */
final class WholeDocument implements Chunker {
    @Override
    public List<Chunk> chunk(Document document) {
        String text = document.text();
        return text.isBlank() ? List.of() : List.of(Chunk.of(text, new Span(0, text.length())));
    }

    @Override
    public String identity() {
        return "whole";
    }
}
