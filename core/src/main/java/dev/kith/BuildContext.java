package dev.kith;

/**
 * The means for a build, which do not change its result.
 *
 * @param threads how many threads may work, at least 1
 * @param progress hears how far the work is
 */
public record BuildContext(int threads, Progress progress) {
    /** @throws IllegalArgumentException if threads is below 1 */
    public BuildContext {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive: " + threads);
        }
    }

    /** All processors, silent. */
    public static BuildContext defaults() {
        return new BuildContext(Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same means with another number of threads. */
    public BuildContext withThreads(int threads) {
        return new BuildContext(threads, progress);
    }

    /** The same means with another listener. */
    public BuildContext withProgress(Progress progress) {
        return new BuildContext(threads, progress);
    }
}
