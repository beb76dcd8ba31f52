package dev.kith.chunking;

import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a document twice, along its structure as {@link FormatChunker} does: into parents, and each parent into children. The
 * chunks are the children, small enough to be found by what they say; the {@link Chunk#parent()} of each is the span of the
 * passage to read, or null where parent and child are the same. So no text is stored twice, and parents never overlap.
 *
 * @param parents the maximum of a parent; without overlap
 * @param children the maximum of a child, and how much of the one before it may repeat inside its parent
 */
public record HierarchicalChunker(ChunkSize parents, ChunkSize children) implements Chunker {
    /** @throws IllegalArgumentException if parents are to overlap */
    public HierarchicalChunker {
        if (!parents.overlap().equals(Overlap.NONE)) {
            throw new IllegalArgumentException(
                    "parents must not overlap: overlap " + parents.overlap().identity());
        }
    }

    @Override
    public List<Chunk> chunk(Document document) {
        Source source = Source.of(document);
        Ruler ruler = Ruler.of(children, source.text());
        Packer packer = new Packer(source.text(), children, ruler, source::isJoined);
        List<Piece> pieces = new ArrayList<>();
        List<Block> blocks = source.blocks();
        int block = 0;
        for (Piece parent :
                source.pack(parents, sameTokens() ? ruler : Ruler.of(parents, source.text()))) {
            while (block < blocks.size() && blocks.get(block).end() <= parent.start()) {
                block++;
            }
            packer.repeat(repeated(parent));
            for (int i = block; i < blocks.size() && blocks.get(i).start() < parent.end(); i++) {
                Block part = blocks.get(i).within(parent.start(), parent.end());
                if (part != null) {
                    packer.add(part);
                }
            }
            packer.endSection();
            packer.takePieces().forEach(child -> pieces.add(child(child, parent)));
        }
        return source.chunks(pieces);
    }

    /** Whether both sizes count the same tokens, so that the text is tokenized once. */
    private boolean sameTokens() {
        return parents instanceof ChunkSize.TokenCount large
                && children instanceof ChunkSize.TokenCount small
                && large.tokenizer().equals(small.tokenizer());
    }

    /** What a parent repeats, its length in the unit of the children. */
    private Context repeated(Piece parent) {
        boolean sameUnit = sameTokens()
                || (parents instanceof ChunkSize.Characters
                        && children instanceof ChunkSize.Characters);
        String text = parent.context().text();
        return sameUnit || text.isEmpty()
                ? parent.context()
                : new Context(text, Ruler.of(children, text).count(0, text.length()));
    }

    private static Piece child(Piece child, Piece parent) {
        boolean same = child.start() == parent.start() && child.end() == parent.end();
        return new Piece(
                child.start(),
                child.end(),
                child.headings(),
                child.context(),
                same ? null : new Span(parent.start(), parent.end()));
    }

    @Override
    public String identity() {
        return "hierarchical 2, parents " + parents.identity() + ", children "
                + children.identity();
    }
}
