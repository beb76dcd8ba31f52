package dev.kith.retrieval.steps;

/** A step could not do its work and was told to say so rather than go on without it. */
public final class QueryStepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueryStepException(String message, Throwable cause) {
        super(message, cause);
    }

    QueryStepException(String message) {
        super(message);
    }
}
