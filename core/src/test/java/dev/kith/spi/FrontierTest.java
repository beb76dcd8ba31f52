package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.internal.kernel.KeyKernels;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph search has seen but not expanded, against a priority queue. */
class FrontierTest {
    private static final long SEED = 11;

    @RepeatedTest(20)
    void givesTheSmallestAgainAndAgainWhateverCameBetween(RepetitionInfo repetition) {
        long seed = SEED + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Frontier frontier = new Frontier();
        PriorityQueue<Long> model = new PriorityQueue<>();
        for (int step = 0; step < 2000; step++) {
            if (random.nextInt(3) > 0) {
                long[] keys = random.longs(random.nextInt(33), -500, 500).toArray();
                frontier.offer(keys, keys.length);
                Arrays.stream(keys).forEach(model::add);
            } else if (random.nextInt(5) > 0) {
                for (int i = random.nextInt(40); i > 0; i--) {
                    long first = frontier.first();
                    assertThat(first)
                            .as("step %d, seed %d", step, seed)
                            .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.peek());
                    if (!model.isEmpty()) {
                        model.poll();
                        frontier.remove(0);
                    }
                }
            } else {
                long limit = random.nextInt(1000) - 500;
                long[] taken = new long[40];
                int most = random.nextInt(41);
                int count = frontier.take(limit, taken, most);
                long[] expected = new long[40];
                int wanted = 0;
                while (wanted < most && !model.isEmpty() && model.peek() < limit) {
                    expected[wanted++] = model.poll();
                }
                assertThat(Arrays.copyOf(taken, count))
                        .as("step %d, seed %d", step, seed)
                        .containsExactly(Arrays.copyOf(expected, wanted));
            }
        }
    }

    @Test
    void keepsItsWindowInOrder() {
        Frontier frontier = new Frontier();
        assertThat(frontier.last()).isEqualTo(Long.MAX_VALUE);
        long[] keys = {5, 3, 9, 1};
        frontier.offer(keys, 4);
        frontier.remove(1);
        assertThat(LongStream.range(0, 4).map(i -> frontier.key((int) i)))
                .containsExactly(1L, 5L, 9L, Long.MAX_VALUE);
        for (long key = 100; key < 116; key++) {
            frontier.offer(key);
        }
        assertThat(frontier.last()).isEqualTo(112);
    }

    @Test
    void forgetsWhatIsNotWantedWhenItPutsKeysInOrder() {
        Frontier frontier = new Frontier();
        for (long key = 0; key < 100; key++) {
            frontier.offer(key);
        }
        frontier.limit(50);
        long[] all = new long[100];
        assertThat(frontier.take(Long.MAX_VALUE, all, 16)).isEqualTo(16);
        assertThat(frontier.first()).isEqualTo(16);
        frontier.limit(Long.MAX_VALUE);
        assertThat(frontier.take(Long.MAX_VALUE, all, 100)).isEqualTo(34);
        assertThat(all[33]).isEqualTo(49);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 30, 400})
    void trimmingKeepsTheSmallestAndSaysWhatItForgot(int kept) {
        Random random = new Random(SEED);
        Frontier frontier = new Frontier();
        long[] keys = random.longs(5000, 0, 1L << 40).toArray();
        frontier.offer(keys, keys.length);
        frontier.trim(kept);
        Arrays.sort(keys);
        int least = Math.max(kept, 1);
        assertThat(frontier.bound()).isBetween(keys[least - 1], keys[least + Frontier.WINDOW]);
        long[] held = new long[5000];
        int count = frontier.take(Long.MAX_VALUE, held, held.length);
        assertThat(count).isBetween(least, least + Frontier.WINDOW);
        assertThat(Arrays.copyOf(held, count)).containsExactly(Arrays.copyOf(keys, count));
    }

    @Test
    void trimmingLeavesFewKeysAlone() {
        Frontier frontier = new Frontier();
        for (long key = 0; key < 200; key++) {
            frontier.offer(key);
        }
        frontier.trim(10);
        assertThat(frontier.bound()).isEqualTo(Long.MAX_VALUE);
        assertThat(frontier.take(Long.MAX_VALUE, new long[300], 300)).isEqualTo(200);
    }

    @Test
    void selectionBringsTheSmallestToTheFrontWhateverTheirOrder() {
        Random random = new Random(SEED);
        for (int size = 0; size < 200; size++) {
            long[] keys = random.longs(size, 0, 1 + random.nextInt(300)).toArray();
            long[] sorted = keys.clone();
            Arrays.sort(sorted);
            int n = size == 0 ? 0 : random.nextInt(size + 1);
            KeyKernels.select(keys, size, n, new long[size + KeyKernels.ROOM]);
            Arrays.sort(keys, 0, n);
            assertThat(Arrays.copyOf(keys, n))
                    .as("%d of %d, seed %d", n, size, SEED)
                    .containsExactly(Arrays.copyOf(sorted, n));
        }
    }

    @Test
    void aBatchAllocatesNothing() {
        Frontier frontier = new Frontier();
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] values = new Random(SEED).longs(32, 0, 1000).toArray();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 200 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                frontier.reset();
                for (int batch = 0; batch < 10; batch++) {
                    frontier.offer(values, 32);
                    frontier.first();
                    frontier.remove(0);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(1024);
    }
}
