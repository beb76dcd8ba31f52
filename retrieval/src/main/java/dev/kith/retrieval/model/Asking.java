package dev.kith.retrieval.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of a language model. */
public final class Asking {
    private static final int MAX_CAUSES = 20;

    private Asking() {}

    /**
     * The model's answer, which may be null.
     *
     * @throws InterruptedException if the calling thread is interrupted before or meanwhile. A function cannot throw that
     *     itself: it leaves the flag set, or wraps the exception
     * @throws RuntimeException what the function throws
     */
    public static @Nullable String ask(Function<String, String> model, String prompt)
            throws InterruptedException {
        stopIfInterrupted();
        try {
            @Nullable String answer = model.apply(prompt);
            stopIfInterrupted();
            return answer;
        } catch (RuntimeException e) {
            stopIfInterrupted();
            if (wrapsInterrupt(e)) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static boolean wrapsInterrupt(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof InterruptedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
