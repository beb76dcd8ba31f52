package dev.kith.retrieval;

import dev.kith.text.Chunk;

/** The text that stands for a chunk wherever it is embedded, searched or reranked. */
final class EmbeddedText {
    private EmbeddedText() {}

    /** Headings, context and content, each on lines of its own: what a reader would have seen above the passage. */
    static String of(Chunk chunk) {
        StringBuilder text = new StringBuilder();
        if (!chunk.headings().isEmpty()) {
            text.append(String.join(" > ", chunk.headings())).append('\n');
        }
        if (!chunk.context().isBlank()) {
            text.append(chunk.context()).append('\n');
        }
        return text.append(chunk.content()).toString();
    }
}
