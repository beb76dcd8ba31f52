package dev.kith.hnsw.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small structures of a walk, against the collections of the JDK. */
class ScratchTest {
    private static final long SEED = 11;

    @Test
    void keysSortByDistanceThenNode() {
        float[] ascending = {
            Float.NEGATIVE_INFINITY,
            -2,
            -Float.MIN_VALUE,
            0,
            Float.MIN_VALUE,
            1,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NaN
        };
        int[] nodes = {0, 1, 1 << 30, Integer.MAX_VALUE};
        long before = Long.MIN_VALUE;
        for (float distance : ascending) {
            for (int node : nodes) {
                long key = Keys.of(distance, node);
                assertThat(key).isGreaterThan(before);
                assertThat(key & 1).isZero();
                assertThat(Keys.distance(key)).isEqualTo(Float.valueOf(distance));
                assertThat(Keys.node(key)).isEqualTo(node);
                assertThat(Keys.node(key | 1)).isEqualTo(node);
                before = key;
            }
        }
        assertThat(Keys.of(-0f, 3)).isEqualTo(Keys.of(0f, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void visitedRowsAreRememberedUntilCleared(boolean bytes) {
        Random random = new Random(SEED);
        VisitedSet visited = new VisitedSet(1000, bytes);
        for (int round = 0; round < 600; round++) {
            visited.clear();
            Set<Integer> model = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                int row = random.nextInt(1000);
                assertThat(visited.add(row))
                        .as("round %d, row %d, seed %d", round, row, SEED)
                        .isEqualTo(model.add(row));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 64, 300})
    void thePoolKeepsTheBestAndExpandsEachOnceNearestFirst(int capacity) {
        Random random = new Random(SEED);
        Pool pool = new Pool();
        for (int round = 0; round < 20; round++) {
            pool.reset(capacity);
            TreeMap<Long, Boolean> model = new TreeMap<>();
            Set<Integer> nodes = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                int node = random.nextInt(100_000);
                if (random.nextInt(4) == 0) {
                    assertThat(pool.next()).isEqualTo(next(model));
                } else if (nodes.add(node)) {
                    long key = Keys.of(random.nextInt(500), node);
                    pool.offer(key);
                    model.put(key, false);
                    if (model.size() > capacity) {
                        model.pollLastEntry();
                    }
                }
            }
            long[] best = new long[capacity];
            int count = pool.copy(best, capacity);
            assertThat(List.copyOf(model.keySet()))
                    .containsExactlyElementsOf(
                            java.util.Arrays.stream(best, 0, count).boxed().toList());
        }
    }

    private static int next(TreeMap<Long, Boolean> model) {
        for (var entry : model.entrySet()) {
            if (!entry.getValue()) {
                entry.setValue(true);
                return Keys.node(entry.getKey());
            }
        }
        return -1;
    }

    @Test
    void theHeapGivesKeysInOrder() {
        Random random = new Random(SEED);
        KeyHeap heap = new KeyHeap();
        PriorityQueue<Long> model = new PriorityQueue<>();
        for (int i = 0; i < 20_000; i++) {
            switch (model.isEmpty() ? 0 : random.nextInt(5)) {
                case 3 -> assertThat(heap.pop()).isEqualTo(model.remove());
                case 4 -> {
                    long key = random.nextLong();
                    heap.replaceTop(key);
                    model.remove();
                    model.add(key);
                }
                default -> {
                    long key = random.nextLong();
                    heap.push(key);
                    model.add(key);
                }
            }
            assertThat(heap.size()).isEqualTo(model.size());
            if (!model.isEmpty()) {
                assertThat(heap.top()).isEqualTo(model.element());
            }
        }
    }

    @Test
    void theOrderOfInsertionHoldsEachDistinctRowOnce() {
        dev.kith.spi.HeapRecords rows = dev.kith.spi.HeapRecords.allocate(1000, 64);
        for (int row = 0; row < 1000; row++) {
            rows.putInt(row, 0, row % 300);
        }
        Duplicates duplicates = Duplicates.of(rows);
        assertThat(duplicates.distinct()).isEqualTo(300);
        for (int row = 0; row < 1000; row++) {
            assertThat(duplicates.first(row)).isEqualTo(row % 300);
        }
        int[] order = InsertionOrder.of(duplicates, 1000, 5);
        TreeSet<Integer> sorted = new TreeSet<>();
        for (int row : order) {
            sorted.add(row);
        }
        assertThat(order).hasSize(300).isNotEqualTo(InsertionOrder.of(duplicates, 1000, 6));
        assertThat(sorted).hasSize(300).first().isEqualTo(0);
        assertThat(sorted.last()).isEqualTo(299);
    }
}
