package dev.kith.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command cleanly when the process is told to go (SIGINT, SIGTERM): its thread is interrupted and has a few seconds
 * to close what it has open. The JVM then exits with 128 plus the signal's number, as shells expect.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 5;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interrupts() {}

    /** Watches for the end of the process on behalf of a thread that runs a command. */
    static Interrupts of(Thread thread) {
        Interrupts interrupts = new Interrupts();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform()
                        .name("kith-interrupt")
                        .unstarted(() -> interrupts.interrupt(thread)));
        return interrupts;
    }

    /** The command's thread has nothing left to do but to exit. */
    void commandEnded() {
        ended.countDown();
    }

    private void interrupt(Thread thread) {
        if (ended.getCount() == 0) {
            return;
        }
        thread.interrupt();
        try {
            // What has not closed itself by then is left to the operating system; commits are
            // atomic.
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
