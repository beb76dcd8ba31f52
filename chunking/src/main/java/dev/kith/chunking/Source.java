package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Metadata;
import dev.kith.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is cut: the text that is measured, its blocks, and how both become chunks of the document.
 *
 * @param text what a chunk's content is taken from: the document's text, or what is visible of it
 * @param blocks the blocks of the text in order
 * @param visible where the text comes from; null if it is the document's own
 * @param title what the document calls itself, or empty
 */
record Source(
        Document document,
        String text,
        List<Block> blocks,
        @Nullable HtmlText visible,
        String title) {
    private static final int LONGEST_TITLE = 200;

    /** A document of that format. */
    static Source of(Document document) {
        return switch (document.format()) {
            case PLAIN -> plain(document);
            case MARKDOWN -> markdown(document);
            case HTML -> html(document);
            case CODE -> code(document);
        };
    }

    static Source plain(Document document) {
        String text = document.text();
        int start = Breaks.skip(text, 0, text.length());
        int end = Breaks.trim(text, start, text.length());
        List<Block> all = start == end ? List.of() : List.of(new Block.Text(start, end, false));
        return new Source(document, text, all, null, "");
    }

    static Source markdown(Document document) {
        String text = document.text();
        FrontMatter front = FrontMatter.of(text);
        List<Block> blocks = new ArrayList<>();
        if (front.end() > 0) {
            int start = Breaks.skip(text, 0, front.end());
            int end = Breaks.trim(text, start, front.end());
            blocks.add(new Block.Preamble(start, end, front.title() == null ? "" : front.title()));
        }
        blocks.addAll(MarkdownScan.of(text, front.end()));
        String title = front.title() == null ? outermost(blocks) : front.title();
        return new Source(document, text, blocks, null, title);
    }

    static Source html(Document document) {
        HtmlBlocks html = HtmlBlocks.of(document.text());
        List<Block> blocks = html.blocks();
        String title = html.title().isEmpty() ? outermost(blocks) : html.title();
        return new Source(document, html.text().toString(), blocks, html.text(), title);
    }

    static Source code(Document document) {
        return new Source(document, document.text(), CodeBlocks.of(document.text()), null, "");
    }

    /** The title of the first heading, if it is of the first level. */
    private static String outermost(List<Block> blocks) {
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading) {
                return heading.level() == 1 ? heading.title() : "";
            }
        }
        return "";
    }

    /** Whether the characters on both sides of a place in the text must stay together. */
    boolean isJoined(int pos) {
        return visible != null && visible.isJoined(pos);
    }

    /** The pieces of all blocks, packed. */
    List<Piece> pack(ChunkSize size) {
        return pack(size, Ruler.of(size, text));
    }

    /** The pieces of all blocks, packed by a ruler of the size's unit. */
    List<Piece> pack(ChunkSize size, Ruler ruler) {
        Packer packer = new Packer(text, size, ruler, this::isJoined);
        blocks.forEach(packer::add);
        packer.endSection();
        return packer.takePieces();
    }

    /** The chunks that the pieces stand for, with their metadata. */
    List<Chunk> chunks(List<Piece> pieces) {
        List<Chunk> chunks = new ArrayList<>(pieces.size());
        TreeMap<String, Object> fields = new TreeMap<>();
        fields.put(Chunk.COUNT, (long) pieces.size());
        String clipped = clip(title);
        if (!clipped.isBlank()) {
            fields.put(Chunk.TITLE, clipped);
        }
        Pages pages = new Pages(visible == null ? text : "");
        for (Piece piece : pieces) {
            fields.put(Chunk.ORDINAL, (long) chunks.size());
            if (pages.areKnown()) {
                fields.put(Chunk.PAGE, pages.of(piece.start()));
            }
            chunks.add(new Chunk(
                    source(piece.start(), piece.end()),
                    text.substring(piece.start(), piece.end()),
                    piece.headings(),
                    piece.context().text(),
                    piece.parent() == null
                            ? null
                            : source(piece.parent().start(), piece.parent().end()),
                    Metadata.of(fields)));
        }
        return List.copyOf(chunks);
    }

    private Span source(int start, int end) {
        return visible == null ? new Span(start, end) : visible.source(new Span(start, end));
    }

    /** A title cut at a length that many chunks can repeat. */
    static String clip(String title) {
        return title.length() <= LONGEST_TITLE
                ? title
                : title.substring(0, Graphemes.last(title, 0, LONGEST_TITLE));
    }

    /** Counts the pages of a text, which form feeds separate; places must be asked for in ascending order. */
    private static final class Pages {
        private final String text;
        private int next;
        private long page = 1;

        Pages(String text) {
            this.text = text;
            this.next = text.indexOf('\f');
        }

        boolean areKnown() {
            return page > 1 || next >= 0;
        }

        long of(int pos) {
            while (next >= 0 && next < pos) {
                page++;
                next = text.indexOf('\f', next + 1);
            }
            return page;
        }
    }
}
