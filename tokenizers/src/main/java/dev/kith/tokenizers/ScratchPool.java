package dev.kith.tokenizers;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps scratch between calls, at most one a processor. A thread looks first where it left its own; nobody ever waits. Safe for
 * any number of threads, virtual ones included.
 */
final class ScratchPool {
    private final AtomicReferenceArray<Scratch> spare =
            new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());

    /** Spare scratch, or new. */
    Scratch take() {
        int home = home();
        for (int i = 0; i < spare.length(); i++) {
            int place = (home + i) % spare.length();
            Scratch scratch = spare.get(place) == null ? null : spare.getAndSet(place, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return new Scratch();
    }

    /** Takes scratch back, unless it grew too large. */
    void give(Scratch scratch) {
        if (scratch.release()) {
            spare.set(home(), scratch);
        }
    }

    private int home() {
        return (int) (Thread.currentThread().threadId() % spare.length());
    }
}
