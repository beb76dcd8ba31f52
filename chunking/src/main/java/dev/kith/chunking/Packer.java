package dev.kith.chunking;

import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Packs the blocks of one structured text into chunks. Blocks of one section are joined up to the maximum; a block that
 * does not fit beside its predecessor starts a chunk; a block larger than the maximum is divided, down to running text,
 * which the {@link Cutter} cuts. A heading never ends a chunk when the text under it can be cut or joined to it.
 */
final class Packer {
    /** The path of headings does not grow with the length of a heading. */
    private static final int LONGEST_TITLE = 200;

    /** A chunk in the packer's text; parent is the section of a chunk that is not all of it. */
    record Piece(
            int start,
            int end,
            List<String> headings,
            String context,
            @Nullable Span parent) {}

    private final String text;
    private final Ruler ruler;
    private final Cutter cutter;
    private final int max;
    private final List<Block.Heading> path = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private int sectionStart;

    /** The chunk being filled: nothing when start == end. */
    private int start;

    private int end;
    /** Whether the chunk being filled holds headings only. */
    private boolean bare;
    /** The context of the chunk being filled. */
    private Header context = Header.NONE;
    /** The context of chunks that are yet to begin. */
    private Header header = Header.NONE;

    private record Header(String text, int length) {
        private static final Header NONE = new Header("", 0);
    }

    /** @param joined whether the characters on both sides of a place in the text must stay together */
    Packer(String text, ChunkSize size, IntPredicate joined) {
        this.text = text;
        this.ruler = Ruler.of(size, text);
        this.cutter = new Cutter(text, ruler, size.overlap(), joined);
        this.max = size.max();
    }

    /** Names the whole document: the outermost heading of what follows. */
    void title(String title) {
        path.addFirst(new Block.Heading(0, 0, 0, clip(title)));
    }

    void add(Block block) {
        if (block instanceof Block.Heading heading) {
            boolean under = bare && heading.level() > path.getLast().level();
            if (!under) {
                endSection();
            }
            path.removeIf(above -> above.level() >= heading.level());
            path.add(new Block.Heading(0, 0, heading.level(), clip(heading.title())));
            boolean alone = under || isEmpty();
            place(new Block.Text(heading.start(), heading.end(), true));
            // The last piece of a heading that was cut may hold a part of the piece before it.
            bare = alone && start <= heading.start() && end == heading.end();
        } else {
            place(block);
        }
    }

    /** Ends the section: what follows is not joined to what was. */
    void endSection() {
        flush();
        int count = pieces.size() - sectionStart;
        if (count > 1) {
            Span section =
                    new Span(pieces.get(sectionStart).start(), pieces.getLast().end());
            pieces.subList(sectionStart, pieces.size())
                    .replaceAll(piece -> new Piece(
                            piece.start(),
                            piece.end(),
                            piece.headings(),
                            piece.context(),
                            section));
        }
        sectionStart = pieces.size();
    }

    /** The chunks in order. */
    List<Piece> pieces() {
        endSection();
        return pieces;
    }

    private void place(Block block) {
        if (!isEmpty() && ruler.count(start, block.end()) + context.length() <= max) {
            end = block.end();
            bare = false;
            return;
        }
        boolean whole = ruler.count(block.start(), block.end()) + header.length() <= max;
        if (whole && !(bare && divisible(block))) {
            flush();
            begin(block.start(), block.end());
        } else {
            divide(block);
        }
    }

    private static boolean divisible(Block block) {
        return switch (block) {
            case Block.Text text -> text.flowing();
            case Block.Group _ -> true;
            case Block.Table _, Block.Heading _ -> false;
        };
    }

    private void divide(Block block) {
        switch (block) {
            case Block.Group group -> group.parts().forEach(this::place);
            case Block.Table table -> divide(table);
            case Block.Text part -> cut(part.start(), part.end(), part.flowing());
            case Block.Heading heading -> cut(heading.start(), heading.end(), true);
        }
    }

    private void divide(Block.Table table) {
        Header outer = header;
        if (!bare) {
            flush();
        }
        place(table.header());
        int length = ruler.count(table.header().start(), table.header().end());
        if (length <= max / 2) {
            header = new Header(
                    text.substring(table.header().start(), table.header().end()), length);
        }
        table.rows().forEach(this::place);
        flush();
        header = outer;
    }

    /** Cuts text, the bare heading before it included; its last piece is filled further. */
    private void cut(int from, int to, boolean flowing) {
        int first = bare ? start : from;
        if (bare) {
            drop();
        }
        cutter.cut(first, to, max - header.length(), flowing, (pieceStart, pieceEnd) -> {
            flush();
            begin(pieceStart, pieceEnd);
        });
    }

    private boolean isEmpty() {
        return start == end;
    }

    private void begin(int from, int to) {
        start = from;
        end = to;
        bare = false;
        context = header;
    }

    private void drop() {
        start = end;
        bare = false;
    }

    private void flush() {
        if (!isEmpty()) {
            pieces.add(new Piece(start, end, headings(), context.text(), null));
        }
        drop();
    }

    /** The titles of the path; a title that repeats the one around it, as a document's often does, counts once. */
    private List<String> headings() {
        List<String> titles = path.stream()
                .map(Block.Heading::title)
                .filter(title -> !title.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        for (int i = titles.size() - 1; i > 0; i--) {
            if (titles.get(i).equals(titles.get(i - 1))) {
                titles.remove(i);
            }
        }
        return titles;
    }

    private static String clip(String title) {
        return title.length() <= LONGEST_TITLE
                ? title
                : title.substring(0, Graphemes.last(title, 0, LONGEST_TITLE));
    }
}
