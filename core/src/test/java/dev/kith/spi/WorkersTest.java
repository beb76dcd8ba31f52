package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void runsEachTaskOnceWithScratchOfItsThread(int threads) throws Exception {
        for (int tasks : new int[] {0, 1, 2, 300}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
            Workers.run(threads, tasks, () -> {
                Thread owner = Thread.currentThread();
                return task -> {
                    assertThat(Thread.currentThread()).isSameAs(owner);
                    runs.incrementAndGet(task);
                };
            });
            for (int task = 0; task < tasks; task++) {
                assertThat(runs.get(task)).as("task %d of %d", task, tasks).isEqualTo(1);
            }
        }
    }

    @Test
    void theFirstFailureEndsTheCallWhenAllHaveEnded() {
        AtomicInteger working = new AtomicInteger();
        assertThatThrownBy(() -> Workers.run(4, 1_000_000, () -> task -> {
                    working.incrementAndGet();
                    try {
                        if (task == 17) {
                            throw new IllegalStateException("task 17");
                        }
                    } finally {
                        working.decrementAndGet();
                    }
                }))
                .hasMessage("task 17");
        assertThat(working).hasValue(0);
    }

    /** As code does that caught an interrupt and passes it on. */
    @Test
    void aTaskThatInterruptsItsOwnThreadEndsTheCall() {
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> Workers.run(2, Integer.MAX_VALUE, () -> task -> {
                    both.countDown();
                    await(both);
                    ran.incrementAndGet();
                    if (Thread.currentThread() != caller) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(ran.get()).isLessThan(Integer.MAX_VALUE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptOfTheCallerStartsNoFurtherTask() {
        AtomicInteger ran = new AtomicInteger();
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> Workers.run(3, Integer.MAX_VALUE, () -> task -> {
                    ran.incrementAndGet();
                    caller.interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(ran.get()).isBetween(1, Integer.MAX_VALUE - 1);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Each task waits for what never comes, so the call ends only if the interrupt reaches both. */
    @Test
    void anInterruptReachesTheTasksOfEveryThread() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch bothRun = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        Thread caller = Thread.currentThread();
        Thread interrupter = Thread.ofPlatform().start(() -> {
            try {
                bothRun.await();
                caller.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> Workers.run(2, 10, () -> _ -> {
                    bothRun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        interrupter.join();
        assertThat(interrupted.get()).isEqualTo(2);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void noThreadOutlivesACallForWhichTooFewCouldBeStarted() {
        Set<Thread> started = ConcurrentHashMap.newKeySet();
        CountDownLatch working = new CountDownLatch(2);
        ThreadFactory twoOnly = work -> {
            if (started.size() == 2) {
                await(working);
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = Thread.ofPlatform().daemon().unstarted(work);
            started.add(thread);
            return thread;
        };
        assertThatThrownBy(() -> Workers.run(4, Integer.MAX_VALUE, twoOnly, () -> {
                    working.countDown();
                    return task -> {};
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(started).hasSize(2).noneMatch(Thread::isAlive);
    }

    @Test
    void refusesToWorkWithoutThreads() {
        assertThatThrownBy(() -> Workers.run(0, 1, () -> task -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be positive: 0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
