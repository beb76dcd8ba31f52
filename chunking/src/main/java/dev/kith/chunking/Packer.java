package dev.kith.chunking;

import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Packs the blocks of one structured text into chunks. Blocks of one section are joined up to the maximum; a block that
 * does not fit beside its predecessor starts a chunk; a block larger than the maximum is divided, down to running text,
 * which the {@link Cutter} cuts. A heading never ends a chunk when the text under it can be cut or joined to it.
 */
final class Packer {
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
    private Context context = Context.NONE;
    /** The context of chunks that are yet to begin. */
    private Context header = Context.NONE;

    /** @param joined whether the characters on both sides of a place in the text must stay together */
    Packer(String text, ChunkSize size, Ruler ruler, IntPredicate joined) {
        this.text = text;
        this.ruler = ruler;
        this.cutter = new Cutter(text, ruler, size.overlap(), joined);
        this.max = size.max();
    }

    void add(Block block) {
        switch (block) {
            case Block.Heading heading -> add(heading);
            case Block.Preamble preamble -> {
                if (!preamble.title().isEmpty()) {
                    path.clear();
                    path.add(new Block.Heading(0, 0, 0, Source.clip(preamble.title())));
                }
                place(preamble);
                endSection();
            }
            default -> place(block);
        }
    }

    private void add(Block.Heading heading) {
        boolean under = bare && heading.level() > path.getLast().level();
        if (!under) {
            endSection();
        }
        path.removeIf(above -> above.level() >= heading.level());
        path.add(new Block.Heading(0, 0, heading.level(), Source.clip(heading.title())));
        boolean alone = under || isEmpty();
        place(new Block.Text(heading.start(), heading.end(), true));
        // The last piece of a heading that was cut may hold a part of the piece before it.
        bare = alone && start <= heading.start() && end == heading.end();
    }

    /** Says what is repeated before the chunks that follow, if it leaves half of the room. */
    void repeat(Context outer) {
        header = outer.length() <= max / 2 ? outer : Context.NONE;
    }

    /** Ends the section: what follows is not joined to what was. */
    void endSection() {
        flush();
        int count = pieces.size() - sectionStart;
        if (count > 1) {
            Span section =
                    new Span(pieces.get(sectionStart).start(), pieces.getLast().end());
            pieces.subList(sectionStart, pieces.size()).replaceAll(piece -> piece.within(section));
        }
        sectionStart = pieces.size();
    }

    /** The chunks of all sections that have ended since they were last taken. */
    List<Piece> takePieces() {
        List<Piece> taken = List.copyOf(pieces);
        pieces.clear();
        sectionStart = 0;
        return taken;
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
            case Block.Table _, Block.Definition _, Block.Heading _, Block.Preamble _ -> false;
        };
    }

    private void divide(Block block) {
        switch (block) {
            case Block.Group group -> group.parts().forEach(this::place);
            case Block.Table table -> divide(table);
            case Block.Definition definition -> divide(definition);
            case Block.Text part -> cut(part.start(), part.end(), part.flowing());
            case Block.Heading heading -> cut(heading.start(), heading.end(), true);
            case Block.Preamble preamble -> cut(preamble.start(), preamble.end(), false);
        }
    }

    private void divide(Block.Table table) {
        Context outer = header;
        if (!bare) {
            flush();
        }
        place(table.header());
        header = header(table.header());
        table.rows().forEach(this::place);
        flush();
        header = outer;
    }

    private void divide(Block.Definition definition) {
        Context outer = header;
        boolean alone = bare || isEmpty();
        Block.Text signature = definition.signature();
        place(signature);
        bare = alone && start <= signature.start() && end == signature.end();
        header = header(signature);
        definition.parts().forEach(this::place);
        // What closes it, and what follows, may join its last chunk, which starts inside it.
        header = outer;
    }

    /**
     * What further chunks of a table or definition repeat: its header with those of what is around it, if they
     * leave half of the room.
     */
    private Context header(Block.Text own) {
        String titles = text.substring(own.start(), own.end());
        int length = ruler.count(own.start(), own.end());
        int stacked = header.length() + 1 + length;
        if (header.length() > 0 && stacked <= max / 2) {
            return new Context(header.text() + "\n" + titles, stacked);
        }
        return length <= max / 2 ? new Context(titles, length) : header;
    }

    /** Cuts text, the bare heading before it included; its last piece is filled further. */
    private void cut(int from, int to, boolean flowing) {
        int first = bare ? start : from;
        Context outer = header;
        if (header.length() > 0 && !cutter.fits(first, to, max - header.length())) {
            header = Context.NONE; // rather than cut what fits without it
        }
        Context leading = bare && context.length() <= header.length() ? context : header;
        if (bare) {
            drop();
        }
        Seams seams = flowing ? Seams.FLOWING : Seams.NATURAL;
        cutter.cut(first, to, max - header.length(), seams, (pieceStart, pieceEnd) -> {
            flush();
            begin(pieceStart, pieceEnd);
            context = pieceStart == first ? leading : header;
        });
        header = outer;
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
            pieces.add(new Piece(start, end, headings(), context, null));
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
}
