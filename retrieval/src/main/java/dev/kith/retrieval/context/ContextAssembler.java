package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;
import dev.kith.text.Tokenizer;

import java.util.List;

/**
 * Lays passages out for a language model under a token budget. Immutable, deterministic; as safe for threads as its tokenizer.
 *
 * <p>Hits are taken best first. One whose source overlaps or touches a passage already taken becomes a part of it; one that
 * says the same as another is left out; one that does not fit is left out too, and smaller ones behind it are still tried.
 * The text as a whole, labels and headers included, never has more tokens than the budget.
 *
 * @param tokenizer counts as the reading model does
 * @param budget how many tokens the text has at most
 * @param order how the passages are ordered
 */
public record ContextAssembler(Tokenizer tokenizer, int budget, Order order) {
    /** @throws IllegalArgumentException if the budget is not positive */
    public ContextAssembler {
        if (budget < 1) {
            throw new IllegalArgumentException("the token budget must be positive: " + budget);
        }
    }

    /** An assembler that puts the best first. */
    public static ContextAssembler of(Tokenizer tokenizer, int budget) {
        return new ContextAssembler(tokenizer, budget, Order.BEST_FIRST);
    }

    /** The same in another order. */
    public ContextAssembler withOrder(Order newOrder) {
        return new ContextAssembler(tokenizer, budget, newOrder);
    }

    /** A context of whole hits, given best first. */
    public Context assemble(List<Hit> hits) {
        return assembleExcerpts(hits.stream().map(Excerpt::of).toList());
    }

    /** A context of what is kept of hits, given best first. */
    public Context assembleExcerpts(List<Excerpt> excerpts) {
        return new Assembly(this, excerpts).run();
    }
}
