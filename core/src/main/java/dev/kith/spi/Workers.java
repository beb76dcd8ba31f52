package dev.kith.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs numbered tasks on a few platform threads and waits for all of them. Not a pool: threads live for one call, which
 * is cheap beside the work that is worth dividing, and leaves nothing running behind.
 */
public final class Workers {
    private Workers() {}

    /**
     * Runs tasks 0 to {@code tasks - 1}, each once, in no particular order across threads. The caller works too.
     *
     * @param threads how many threads work, at least 1
     * @param worker makes the consumer of one thread, which may own scratch
     * @throws InterruptedException if the calling thread is interrupted: no further task starts, the other threads are
     *     interrupted too, so that tasks that wait or look end early, and running ones end; or if a task interrupts its
     *     own thread, as code does that caught an interrupt
     * @throws RuntimeException the first that a task threw; no further task starts then
     */
    public static void run(int threads, int tasks, Supplier<IntConsumer> worker)
            throws InterruptedException {
        ThreadFactory daemons =
                Thread.ofPlatform().name("kith-worker-", 0).daemon().factory();
        run(threads, tasks, daemons, worker);
    }

    static void run(int threads, int tasks, ThreadFactory factory, Supplier<IntConsumer> worker)
            throws InterruptedException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive: " + threads);
        }
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            try {
                IntConsumer consumer = worker.get();
                int task;
                while (!stop.get() && (task = next.getAndIncrement()) < tasks) {
                    consumer.accept(task);
                    // The caller's interrupt, of which its helpers are told, or the task's own.
                    if (Thread.currentThread().isInterrupted()) {
                        stop.set(true);
                    }
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                stop.set(true);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(threads, tasks); i++) {
                Thread helper = factory.newThread(work);
                helper.start();
                helpers.add(helper);
            }
            work.run();
        } catch (Throwable e) {
            // A thread could not be started: those that were end before the call does.
            stop.set(true);
            throw e;
        } finally {
            join(helpers, stop);
        }
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        }
        if (failure.get() instanceof Error e) {
            throw e;
        }
        if (Thread.interrupted() || stop.get()) {
            throw new InterruptedException();
        }
    }

    /** Waits even when interrupted, so that no task outlives the call; the interrupt is kept. */
    private static void join(List<Thread> helpers, AtomicBoolean stop) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.set(true);
                    helpers.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
