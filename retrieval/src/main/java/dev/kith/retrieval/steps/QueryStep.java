package dev.kith.retrieval.steps;

/**
 * Changes what is searched for a question: a function from plan to plan. {@link ModelStep} has those that ask a language
 * model, {@link Synonyms} one that does not; your own is one method. Must be safe for as many threads as search at once.
 *
 * <p>A step that throws ends the search with what it threw. One that would rather have the search go on notes what went wrong
 * with {@link Plan#withFailure} and returns the plan otherwise as it was.
 */
@FunctionalInterface
public interface QueryStep {
    /**
     * The plan with this step's changes.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    Plan apply(Plan plan) throws InterruptedException;

    /** This step, then another one on its plan. */
    default QueryStep andThen(QueryStep next) {
        return plan -> next.apply(apply(plan));
    }
}
