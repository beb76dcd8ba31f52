package dev.kith.tokenizers;

import dev.kith.text.Tokens;

import java.util.Arrays;
import java.util.List;

/**
 * What a post-processor makes of tokens: the special tokens around one text or a pair, and whether offsets leave out spaces.
 *
 * @param single the pieces around one text
 * @param pair the pieces around two
 * @param trim how spaces are left out of offsets
 */
record Template(List<Piece> single, List<Piece> pair, Trim trim) {
    /** A part of the input: a text, or special tokens. */
    sealed interface Piece {
        /** What the model is told of its tokens. */
        int typeId();

        /** The first text, or the second. */
        record Text(boolean second, int typeId) implements Piece {}

        /** Tokens that the template adds. */
        record Special(List<Integer> ids, int typeId) implements Piece {}
    }

    /** Whether a byte-level token's offsets leave out the spaces at its ends. */
    enum Trim {
        /** They keep them. */
        NONE,
        /** They leave them out. */
        ALL,
        /** They leave them out, but a single one at the text's beginning counts as the one that was put there. */
        ALL_BUT_PREFIX
    }

    /** The template of a file that names none. */
    static final Template NONE = new Template(
            List.of(new Piece.Text(false, 0)),
            List.of(new Piece.Text(false, 0), new Piece.Text(true, 1)),
            Trim.NONE);

    Template withTrim(Trim newTrim) {
        return new Template(single, pair, newTrim);
    }

    /** How many tokens the template adds. */
    static int specials(List<Piece> pieces) {
        return pieces.stream()
                .mapToInt(piece ->
                        piece instanceof Piece.Special special ? special.ids().size() : 0)
                .sum();
    }

    /** The input that pieces and texts make. */
    static ModelInput fill(List<Piece> pieces, Tokens first, Tokens second) {
        int size = specials(pieces);
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Text text) {
                size += (text.second() ? second : first).size();
            }
        }
        int[] ids = new int[size];
        int[] typeIds = new int[size];
        int at = 0;
        for (Piece piece : pieces) {
            int[] part = idsOf(piece, first, second);
            System.arraycopy(part, 0, ids, at, part.length);
            Arrays.fill(typeIds, at, at + part.length, piece.typeId());
            at += part.length;
        }
        return new ModelInput(ids, typeIds);
    }

    private static int[] idsOf(Piece piece, Tokens first, Tokens second) {
        return switch (piece) {
            case Piece.Text text -> (text.second() ? second : first).ids();
            case Piece.Special special ->
                special.ids().stream().mapToInt(Integer::intValue).toArray();
        };
    }
}
