package dev.kith.retrieval.passages;

import dev.kith.text.Span;

import java.io.IOException;

/**
 * How far a hit's passage reaches beyond the chunk that was found. A passage that would be longer than the most characters it
 * may have is made of whole chunks around the hit instead, as many as fit; the chunk that was found is always whole.
 */
public sealed interface Widening {
    /** What a passage has at most by default: about 2000 tokens of English. */
    int DEFAULT_MAX_CHARACTERS = 8000;

    /** The most characters (UTF-16 units) that a passage has, unless the chunk that was found is longer itself. */
    int maxCharacters();

    /** Whether passages that meet without overlapping become one. */
    boolean joins();

    /** Where the passage would reach if its length did not matter; holds the chunk. */
    Span wanted(Siblings siblings, int ordinal) throws IOException;

    /** The larger passage that the chunk is a part of, {@link dev.kith.text.Chunk#parent}; the chunk itself if there is none. */
    record Parent(int maxCharacters) implements Widening {
        /** @throws IllegalArgumentException if the limit is not positive */
        public Parent {
            check(maxCharacters);
        }

        @Override
        public boolean joins() {
            return false; // two sections that follow each other are still two
        }

        @Override
        public Span wanted(Siblings siblings, int ordinal) throws IOException {
            var chunk = siblings.chunk(ordinal);
            return chunk.parent() == null ? chunk.span() : union(chunk.parent(), chunk.span());
        }
    }

    /**
     * The chunks before and behind.
     *
     * @param each how many on either side, at least 0
     */
    record Neighbours(int each, int maxCharacters) implements Widening {
        /** @throws IllegalArgumentException if the number is negative or the limit not positive */
        public Neighbours {
            if (each < 0) {
                throw new IllegalArgumentException("neighbours must not be negative: " + each);
            }
            check(maxCharacters);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Span wanted(Siblings siblings, int ordinal) throws IOException {
            int first = Math.max(0, ordinal - each);
            int last = (int) Math.min(siblings.size() - 1, (long) ordinal + each);
            return new Span(
                    siblings.chunk(first).span().start(),
                    siblings.chunk(last).span().end());
        }
    }

    /** The whole document. */
    record WholeDocument(int maxCharacters) implements Widening {
        /** @throws IllegalArgumentException if the limit is not positive */
        public WholeDocument {
            check(maxCharacters);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Span wanted(Siblings siblings, int ordinal) throws IOException {
            return new Span(0, siblings.text().length());
        }
    }

    private static void check(int maxCharacters) {
        if (maxCharacters < 1) {
            throw new IllegalArgumentException(
                    "the most characters of a passage must be positive: " + maxCharacters);
        }
    }

    /** The passage of a chunk: what is wanted, or if that is too long, whole chunks around the hit. */
    default Span passage(Siblings siblings, int ordinal) throws IOException {
        Span wanted = wanted(siblings, ordinal);
        if (wanted.length() <= maxCharacters()) {
            return wanted;
        }
        Span passage = siblings.chunk(ordinal).span();
        int before = ordinal - 1;
        int behind = ordinal + 1;
        boolean grown = true;
        while (grown) {
            grown = false;
            if (behind < siblings.size() && fits(siblings, behind, passage, wanted)) {
                passage = union(passage, siblings.chunk(behind++).span());
                grown = true;
            }
            if (before >= 0 && fits(siblings, before, passage, wanted)) {
                passage = union(passage, siblings.chunk(before--).span());
                grown = true;
            }
        }
        return passage;
    }

    private boolean fits(Siblings siblings, int ordinal, Span passage, Span wanted)
            throws IOException {
        Span span = siblings.chunk(ordinal).span();
        return span.start() >= wanted.start()
                && span.end() <= wanted.end()
                && union(passage, span).length() <= maxCharacters();
    }

    /** From where the first starts to where the last ends. */
    static Span union(Span a, Span b) {
        return new Span(Math.min(a.start(), b.start()), Math.max(a.end(), b.end()));
    }
}
