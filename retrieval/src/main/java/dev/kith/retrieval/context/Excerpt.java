package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;

import java.util.List;

/**
 * What is kept of a hit.
 *
 * @param hit the hit
 * @param quotes pieces of its passage in order, which neither overlap nor touch; none if nothing is worth keeping
 */
public record Excerpt(Hit hit, List<Quote> quotes) {
    /** Copies the pieces. */
    public Excerpt {
        quotes = List.copyOf(quotes);
    }

    /** The whole hit. */
    public static Excerpt of(Hit hit) {
        return new Excerpt(hit, List.of(Quote.of(hit)));
    }
}
