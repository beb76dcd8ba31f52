package dev.kith.retrieval;

import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before a passage wherever it is embedded, searched by words or reranked, and never in its span or citation. A
 * passage alone often does not say what it is about.
 *
 * <p>With another context, the next ingest embeds again the documents that come with it.
 */
public enum ChunkContext {
    /** Nothing but the chunk's own {@link Chunk#context}, such as the header of a table that was cut. */
    NONE,
    /** The titles of the sections around it. */
    HEADINGS,
    /** The document's title, then the titles of the sections around it. */
    TITLE_AND_HEADINGS;

    /** The metadata field that is a document's title, if it is a string. */
    public static final String TITLE = "title";

    /** Title and headings on one line, the chunk's own context and its content each on lines of its own. */
    String text(Chunk chunk, Metadata metadata) {
        StringBuilder text = new StringBuilder();
        List<String> path = path(chunk, metadata);
        if (!path.isEmpty()) {
            text.append(String.join(" > ", path)).append('\n');
        }
        if (!chunk.context().isBlank()) {
            text.append(chunk.context()).append('\n');
        }
        return text.append(chunk.content()).toString();
    }

    /** The text of a chunk that was found, as it is embedded and searched. */
    String text(Candidate candidate, Snapshot snapshot) throws IOException {
        Document document = snapshot.existing(candidate.place().documentId());
        Chunk chunk = snapshot.chunk(candidate.doc()).chunk(document.text());
        return text(chunk, Layout.merge(document.metadata(), chunk.metadata()));
    }

    private List<String> path(Chunk chunk, Metadata metadata) {
        if (this == NONE) {
            return List.of();
        }
        String title = this == HEADINGS ? "" : title(metadata);
        boolean repeated = !chunk.headings().isEmpty()
                && chunk.headings().getFirst().strip().equals(title);
        if (title.isEmpty() || repeated) {
            return chunk.headings();
        }
        List<String> path = new ArrayList<>(chunk.headings());
        path.addFirst(title);
        return path;
    }

    /** The title, or "". */
    static String title(Metadata metadata) {
        return metadata.get(TITLE) instanceof String title ? title.strip() : "";
    }
}
