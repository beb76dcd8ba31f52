package dev.kith.retrieval.passages;

import dev.kith.text.Chunk;

import java.io.IOException;

/** The chunks of one document in order, read when they are asked for. */
public interface Siblings {
    /** How many. */
    int size() throws IOException;

    /** The chunk with that number, from 0. Spans ascend, by start and by end. */
    Chunk chunk(int ordinal) throws IOException;

    /** The document's text. */
    String text() throws IOException;
}
