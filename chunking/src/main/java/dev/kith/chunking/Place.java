package dev.kith.chunking;

import org.jspecify.annotations.Nullable;

/**
 * A block-level element of an HTML document: texts of one place stand in one paragraph, texts of two do not. Compared by
 * identity.
 */
final class Place {
    /** Deeper lists and tables are ignored; keeps recursion shallow on hostile input. */
    private static final int DEEPEST = 32;

    private final @Nullable Structure within;
    private final int level;
    private final boolean preformatted;

    private Place(@Nullable Structure within, int level, boolean preformatted) {
        this.within = within;
        this.level = level;
        this.preformatted = preformatted;
    }

    /** The document itself. */
    static Place root() {
        return new Place(null, 0, false);
    }

    /** An element that only separates paragraphs. */
    Place flow() {
        return new Place(within, level, preformatted);
    }

    /** A heading of a level from 1; a paragraph where it stands in a list or a table. */
    Place heading(int headingLevel) {
        return new Place(within, within == null ? headingLevel : 0, preformatted);
    }

    /** An element whose white space is kept. */
    Place preformatted() {
        return new Place(within, level, true);
    }

    /** A list, a table or a part of one. */
    Place structure(Kind kind, boolean header) {
        int depth = within == null ? 1 : within.depth() + 1;
        return depth > DEEPEST
                ? flow()
                : new Place(new Structure(kind, within, depth, header), 0, preformatted);
    }

    /** The innermost list, table or part of one around the place, or null. */
    @Nullable
    Structure within() {
        return within;
    }

    /** The level of the heading that the place is, or 0. */
    int level() {
        return level;
    }

    boolean isPreformatted() {
        return preformatted;
    }

    /** What is between the text of this place and the text of a later one. */
    String separator(Place next) {
        Structure a = within;
        Structure b = next.within;
        while (a != b) {
            if (b == null || (a != null && a.depth() >= b.depth())) {
                a = a == null ? null : a.around();
            } else {
                b = b.around();
            }
        }
        return a == null ? "\n\n" : a.kind() == Kind.ROW ? "\t" : "\n";
    }

    enum Kind {
        LIST,
        ITEM,
        TABLE,
        ROW,
        CELL
    }

    /** A list, a table or a part of one; compared by identity. */
    static final class Structure {
        private final Kind kind;
        private final @Nullable Structure around;
        private final int depth;
        private final boolean header;

        private Structure(Kind kind, @Nullable Structure around, int depth, boolean header) {
            this.kind = kind;
            this.around = around;
            this.depth = depth;
            this.header = header;
        }

        Kind kind() {
            return kind;
        }

        @Nullable
        Structure around() {
            return around;
        }

        /** 1 for the outermost. */
        int depth() {
            return depth;
        }

        /** Whether it is a row of column titles. */
        boolean isHeader() {
            return header;
        }
    }
}
