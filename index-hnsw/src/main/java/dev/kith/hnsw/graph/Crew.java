package dev.kith.hnsw.graph;

import dev.kith.spi.Workers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Threads that work on many batches one after another and keep their scratch from one to the next. */
public final class Crew<S> {
    private final List<S> scratches = new ArrayList<>();

    public Crew(int threads, Supplier<S> scratch) {
        for (int i = 0; i < threads; i++) {
            scratches.add(scratch.get());
        }
    }

    /**
     * Runs tasks 0 to {@code tasks - 1}. What they wrote is visible to the caller and to later runs.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void run(int tasks, ObjIntConsumer<S> task) throws InterruptedException {
        AtomicInteger joined = new AtomicInteger();
        Workers.run(scratches.size(), tasks, () -> {
            S scratch = scratches.get(joined.getAndIncrement());
            return i -> task.accept(scratch, i);
        });
    }
}
