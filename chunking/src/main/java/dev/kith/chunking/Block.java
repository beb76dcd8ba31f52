package dev.kith.chunking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part of a structured text: [start, end) without white space around it. */
sealed interface Block {
    int start();

    int end();

    /** A heading that opens a section; level 1 is the outermost. */
    record Heading(int start, int end, int level, String title) implements Block {}

    /** Settings before the text: a section of its own, whose title is the outermost heading of what follows, or empty. */
    record Preamble(int start, int end, String title) implements Block {}

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

    /** A definition of a program: kept together if it fits, else divided into parts, its signature repeated as context. */
    record Definition(int start, int end, Text signature, List<Block> parts) implements Block {}

    /** The part of the block within a range, which starts and ends with blocks or inside text; null if there is none. */
    default @Nullable Block within(int from, int to) {
        if (from <= start() && end() <= to) {
            return this;
        }
        int first = Math.max(from, start());
        int last = Math.min(to, end());
        if (first >= last) {
            return null;
        }
        return switch (this) {
            case Heading heading -> new Heading(first, last, heading.level(), heading.title());
            case Preamble preamble -> new Preamble(first, last, preamble.title());
            case Text text -> new Text(first, last, text.flowing());
            case Group group -> new Group(first, last, within(group.parts(), from, to));
            case Table table
            when first <= table.header().start() && last > table.header().end() ->
                new Table(first, last, table.header(), within(table.rows(), from, to));
            case Table table -> headed(table.header(), table.rows(), from, to);
            case Definition definition
            when last > definition.signature().end()
                    && first <= definition.signature().start() ->
                new Definition(
                        first, last, definition.signature(), within(definition.parts(), from, to));
            case Definition definition ->
                headed(definition.signature(), definition.parts(), from, to);
        };
    }

    private static Block headed(Text head, List<Block> rest, int from, int to) {
        List<Block> parts = new ArrayList<>();
        parts.add(head);
        parts.addAll(rest);
        List<Block> left = within(parts, from, to);
        return new Group(left.getFirst().start(), left.getLast().end(), left);
    }

    private static List<Block> within(List<Block> blocks, int from, int to) {
        return blocks.stream()
                .flatMap(block -> Stream.ofNullable(block.within(from, to)))
                .toList();
    }
}
