package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;

/**
 * A hit that a context does not show.
 *
 * @param hit the hit
 * @param reason the kind of reason
 * @param why the reason in words, with its numbers
 */
public record Dropped(Hit hit, Reason reason, String why) {
    /** Why a hit is not shown. */
    public enum Reason {
        /** Nothing of it is left to show: it is blank, or a compressor kept none of it. */
        EMPTY,
        /** Another passage says the same, up to white space. */
        DUPLICATE,
        /** It does not fit beside better ones. */
        BUDGET
    }
}
