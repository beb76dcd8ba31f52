package dev.kith.chunking;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The visible text of an HTML document, divided into blocks: white space is collapsed as a browser does, except in
 * {@code <pre>}; paragraphs are separated by a blank line, items and rows by a line end, cells by a tab.
 */
final class HtmlBlocks {
    /** A paragraph of the visible text. */
    private record Leaf(int start, int end, Place place) {}

    private final HtmlAlignment alignment;
    private final String title;
    private final HtmlText text = new HtmlText();
    private final List<Leaf> leaves = new ArrayList<>();

    /** The paragraph being read, once it has a visible character. */
    private @Nullable Place open;

    private int openStart;
    /** White space that becomes visible if something follows it in the paragraph; 0 for none. */
    private char space;

    private int spaceStart;
    private int spaceEnd;

    private HtmlBlocks(String source, String title) {
        this.alignment = new HtmlAlignment(source);
        this.title = title;
    }

    static HtmlBlocks of(String html) {
        HtmlRuns runs = HtmlRuns.of(html);
        HtmlBlocks blocks = new HtmlBlocks(html, runs.title());
        for (HtmlRuns.Run run : runs.runs()) {
            switch (run) {
                case HtmlRuns.Words words -> blocks.read(words);
                case HtmlRuns.Break end -> blocks.read(end);
            }
        }
        blocks.close();
        return blocks;
    }

    /** The visible text and where it comes from. */
    HtmlText text() {
        return text;
    }

    /** The document's title, or empty. */
    String title() {
        return title;
    }

    private void read(HtmlRuns.Break end) {
        if (end.paragraph() || space == '\n') {
            close();
        } else if (open != null) {
            space = '\n';
            spaceStart = end.at();
            spaceEnd = end.end();
        }
    }

    private void read(HtmlRuns.Words words) {
        Place place = words.place();
        if (open != place) {
            close();
        }
        alignment.align(words.at(), words.end(), words.parsed());
        for (int i = 0; i < alignment.stretches(); i++) {
            int first = alignment.first(i);
            int stop = alignment.stop(i);
            if (alignment.isEachOne(i)) {
                read(words.parsed(), first, stop, alignment.start(i), place);
            } else {
                String reference = words.parsed().substring(first, stop);
                read(reference, alignment.start(i), alignment.end(i), place);
            }
        }
    }

    /** Reads [from, to) of a parsed text, whose characters each stand for one of the source from start on. */
    private void read(String parsed, int from, int to, int start, Place place) {
        int i = from;
        while (i < to) {
            int at = start + i - from;
            if (isHidden(parsed.charAt(i), place)) {
                space(at, at + 1);
                i++;
            } else {
                show(place);
                int end = place.isPreformatted() ? to : wordsEnd(parsed, i, to);
                text.append(parsed, i, end, at);
                i = end;
            }
        }
    }

    /** Reads the characters that all stand for [start, end) of the source. */
    private void read(String reference, int start, int end, Place place) {
        for (int i = 0; i < reference.length(); i++) {
            if (isHidden(reference.charAt(i), place)) {
                space(start, end);
            } else {
                show(place);
                text.append(reference.charAt(i), start, end);
                if (i > 0) {
                    text.join();
                }
            }
        }
    }

    /** Whether it is white space that collapses, or would be the first character of its paragraph. */
    private boolean isHidden(char c, Place place) {
        return collapses(c) && (open == null || !place.isPreformatted());
    }

    private void space(int start, int end) {
        if (open != null && space == 0) {
            space = ' ';
            spaceStart = start;
            spaceEnd = end;
        }
    }

    private static boolean collapses(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f');
    }

    /** The end of the words from a place on that single spaces separate. */
    private static int wordsEnd(String parsed, int from, int to) {
        int at = from + 1;
        while (at < to) {
            if (collapses(parsed.charAt(at))) {
                boolean single = parsed.charAt(at) == ' '
                        && at + 1 < to
                        && !collapses(parsed.charAt(at + 1));
                if (!single) {
                    return at;
                }
            }
            at++;
        }
        return to;
    }

    /** Shows what stands before the next visible character: the paragraph's start, or white space. */
    private void show(Place place) {
        if (open == null) {
            if (!leaves.isEmpty()) {
                text.separate(leaves.getLast().place().separator(place));
            }
            open = place;
            openStart = text.length();
        } else if (space != 0) {
            text.append(space, spaceStart, spaceEnd);
        }
        space = 0;
    }

    private void close() {
        if (open != null) {
            leaves.add(new Leaf(openStart, text.length(), open));
        }
        open = null;
        space = 0;
    }

    /** The blocks in order, within the visible text. */
    List<Block> blocks() {
        return new Tree(text.toString(), leaves).blocks(0, leaves.size(), 0);
    }

    /** Puts paragraphs back into the lists and tables that they stand in. */
    private record Tree(String text, List<Leaf> leaves) {

        /** The blocks of some paragraphs that share their structure down to a depth. */
        List<Block> blocks(int from, int to, int depth) {
            List<Block> blocks = new ArrayList<>();
            int at = from;
            while (at < to) {
                Place.Structure structure = structure(at, depth + 1);
                int next = at + 1;
                while (structure != null && next < to && structure(next, depth + 1) == structure) {
                    next++;
                }
                Block block = structure == null ? leaf(at) : group(structure, at, next);
                if (block.start() < block.end()) {
                    blocks.add(block);
                }
                at = next;
            }
            return blocks;
        }

        private Place.@Nullable Structure structure(int leaf, int depth) {
            Place.Structure structure = leaves.get(leaf).place().within();
            while (structure != null && structure.depth() > depth) {
                structure = structure.around();
            }
            return structure != null && structure.depth() == depth ? structure : null;
        }

        private Block leaf(int at) {
            Leaf leaf = leaves.get(at);
            int start = Breaks.skip(text, leaf.start(), leaf.end());
            int end = Breaks.trim(text, start, leaf.end());
            Place place = leaf.place();
            return place.level() > 0
                    ? new Block.Heading(
                            start,
                            end,
                            place.level(),
                            text.substring(start, end).replace('\n', ' '))
                    : new Block.Text(start, end, !place.isPreformatted());
        }

        private Block group(Place.Structure structure, int from, int to) {
            int rows = structure.kind() == Place.Kind.TABLE ? firstRow(structure, from, to) : from;
            List<Block> parts = blocks(rows, to, structure.depth());
            if (rows > from && !parts.isEmpty()) {
                int start = Breaks.skip(
                        text, leaves.get(from).start(), leaves.get(rows - 1).end());
                int end = Breaks.trim(text, start, leaves.get(rows - 1).end());
                if (start < end) {
                    Block.Text header = new Block.Text(start, end, false);
                    return new Block.Table(start, parts.getLast().end(), header, parts);
                }
            }
            return parts.isEmpty()
                    ? new Block.Text(leaves.get(from).start(), leaves.get(from).start(), false)
                    : new Block.Group(parts.getFirst().start(), parts.getLast().end(), parts);
        }

        /** The first paragraph behind the caption and the column titles of a table; from if there are no titles. */
        private int firstRow(Place.Structure table, int from, int to) {
            int at = from;
            boolean titles = false;
            while (at < to) {
                Place.Structure row = structure(at, table.depth() + 1);
                if (row != null && !row.isHeader()) {
                    return titles ? at : from;
                }
                titles |= row != null;
                at++;
            }
            return from;
        }
    }
}
