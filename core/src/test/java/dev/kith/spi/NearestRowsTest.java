package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.Cost;
import dev.kith.SearchResult;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
    private static final long SEED = 9;
    private static final Cost NONE = new Cost(0, 0, 0);

    @Test
    void keysAreOrderedAsDistancesAndThenAsRows() {
        float[] ascending = {
            Float.NEGATIVE_INFINITY,
            -Float.MAX_VALUE,
            -1,
            -Float.MIN_VALUE,
            0,
            Float.MIN_VALUE,
            1,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NaN
        };
        for (int i = 0; i < ascending.length; i++) {
            float distance = ascending[i];
            for (int row : new int[] {0, 1, Integer.MAX_VALUE}) {
                long key = NearestRows.key(distance, row);
                assertThat(Float.compare(NearestRows.distance(key), distance)).isZero();
                assertThat(NearestRows.row(key)).isEqualTo(row);
            }
            assertThat(NearestRows.key(distance, 1)).isGreaterThan(NearestRows.key(distance, 0));
            if (i > 0) {
                assertThat(NearestRows.key(distance, 0))
                        .isGreaterThan(NearestRows.key(ascending[i - 1], Integer.MAX_VALUE));
            }
        }
        assertThat(NearestRows.key(-0f, 3)).isEqualTo(NearestRows.key(0f, 3));
    }

    @Test
    void keepsWhatSortingEverythingKeeps() {
        Random random = new Random(SEED);
        NearestRows nearest = new NearestRows();
        for (int capacity : new int[] {0, 1, 2, 15, 16, 17, 100, 500, 80_000, 7, 100_000}) {
            long[] keys = new long[capacity < 1000 ? 300 : 90_000];
            nearest.reset(capacity);
            for (int row = 0; row < keys.length; row++) {
                float distance = random.nextInt(40) - 20;
                keys[row] = NearestRows.key(distance, row);
                nearest.offer(distance, row);
            }
            Arrays.sort(keys);
            SearchResult found = nearest.result(NONE);
            assertThat(nearest.size()).isZero();
            assertThat(found.size()).isEqualTo(Math.min(capacity, keys.length));
            long[] kept = new long[found.size()];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = NearestRows.key(found.distances()[i], found.rows()[i]);
            }
            assertThat(kept)
                    .as("capacity %d, seed %d", capacity, SEED)
                    .containsExactly(Arrays.copyOf(keys, kept.length));
        }
    }
}
