package dev.kith.chunking;

import dev.kith.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chunk in the text of a {@link Source}, before it is numbered; parent is a larger passage that it is a part of. */
record Piece(
        int start,
        int end,
        List<String> headings,
        Context context,
        @Nullable Span parent) {
    static Piece of(int start, int end) {
        return new Piece(start, end, List.of(), Context.NONE, null);
    }

    Piece within(Span passage) {
        return new Piece(start, end, headings, context, passage);
    }
}
