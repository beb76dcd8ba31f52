package dev.kith;

/** Hears how far long work is. Called often and perhaps from several threads, one at a time: be quick. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * Some work is done.
     *
     * @param stage what is being done, a few words: {@code "link rows"}
     * @param done units done so far in this stage
     * @param total units in all in this stage, or -1 if unknown
     */
    void update(String stage, long done, long total);
}
