package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.internal.kernel.KeyKernels;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of a graph search, against a sorted set. */
class SortedKeysTest {
    private static final long SEED = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 31, 64, 100, 300})
    void keepsTheSmallestInOrder(int capacity) {
        Random random = new Random(SEED);
        SortedKeys keys = new SortedKeys();
        for (int round = 0; round < 20; round++) {
            keys.reset(capacity);
            TreeSet<Long> model = new TreeSet<>();
            for (int i = 0; i < 3 * capacity; i++) {
                long key = random.nextLong() >> 1;
                keys.insert(key);
                model.add(key);
                if (model.size() > capacity) {
                    model.pollLast();
                }
                int at = 0;
                for (long expected : model) {
                    assertThat(keys.key(at++))
                            .as("capacity %d, seed %d", capacity, SEED)
                            .isEqualTo(expected);
                }
                assertThat(keys.last())
                        .isEqualTo(model.size() == capacity ? model.last() : Long.MAX_VALUE);
            }
        }
    }

    @Test
    void keepsEqualKeysAndExtremeOnes() {
        SortedKeys keys = new SortedKeys();
        keys.reset(4);
        for (long key : new long[] {3, Long.MIN_VALUE, 3, Long.MAX_VALUE - 1, 3}) {
            keys.insert(key);
        }
        assertThat(new long[] {keys.key(0), keys.key(1), keys.key(2), keys.key(3)})
                .containsExactly(Long.MIN_VALUE, 3, 3, 3);
    }

    @Test
    void bothKernelsMoveTheSameKeys() {
        Random random = new Random(SEED);
        long[] one = new long[8 + 48];
        one[7] = Long.MIN_VALUE;
        Arrays.fill(one, 8, one.length, Long.MAX_VALUE);
        long[] other = one.clone();
        for (int i = 0; i < 500; i++) {
            long key = random.nextInt(100);
            KeyKernels.insert(one, 8, one.length, key);
            KeyKernels.scalar(other, 8, other.length, key);
            assertThat(one).as("insertion %d, seed %d", i, SEED).containsExactly(other);
        }
    }

    @Test
    void anInsertionAllocatesNothing() {
        SortedKeys keys = new SortedKeys();
        keys.reset(64);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(SEED);
        long[] values = random.longs(1024).toArray();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 200 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                for (long value : values) {
                    keys.insert(value);
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(1024);
    }
}
