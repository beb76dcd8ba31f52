package dev.kith.chunking;

import java.util.List;

/** A part of a structured text: [start, end) without white space around it. */
sealed interface Block {
    int start();

    int end();

    /** A heading that opens a section; level 1 is the outermost. */
    record Heading(int start, int end, int level, String title) implements Block {}

    /**
     * Text without parts.
     *
     * @param flowing running text, whose single line ends mean nothing, and which may be cut to stay with its heading
     */
    record Text(int start, int end, boolean flowing) implements Block {}

    /** A list, an item, a quotation, a row: kept together if it fits, else divided into its parts. */
    record Group(int start, int end, List<Block> parts) implements Block {}

    /** A table: kept together if it fits, else divided into rows, with the header repeated as context. */
    record Table(int start, int end, Text header, List<Block> rows) implements Block {}
}
