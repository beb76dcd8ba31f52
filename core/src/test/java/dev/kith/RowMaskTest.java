package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMaskTest {
    private static final long SEED = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 127, 128, 129, 1000})
    void holdsWhatABitSetHolds(int size) {
        Random random = new Random(SEED);
        for (double share : new double[] {0, 0.01, 0.5, 1}) {
            BitSet bits = new BitSet();
            for (int row = 0; row < size; row++) {
                bits.set(row, random.nextDouble() < share);
            }
            long[] words = bits.toLongArray();
            for (RowMask mask : new RowMask[] {
                RowMask.of(bits, size),
                RowMask.of(words, size),
                RowMask.of(Arrays.copyOf(words, words.length + 3), size),
                RowMask.of(size, bits.stream().toArray())
            }) {
                assertSame(mask, bits, size);
            }
        }
    }

    private static void assertSame(RowMask mask, BitSet bits, int size) {
        assertThat(mask.size()).isEqualTo(size);
        assertThat(mask.cardinality()).as("seed %d", SEED).isEqualTo(bits.cardinality());
        for (int row = 0; row < size; row++) {
            assertThat(mask.allows(row)).as("row %d, seed %d", row, SEED).isEqualTo(bits.get(row));
            assertThat(mask.next(row))
                    .as("next of %d, seed %d", row, SEED)
                    .isEqualTo(bits.nextSetBit(row));
        }
        for (int row : new int[] {size, size + 64, Integer.MAX_VALUE}) {
            assertThat(mask.next(row)).isEqualTo(-1);
        }
    }

    @Test
    void keepsItsRowsWhenTheWordsChange() {
        long[] words = {0b101};
        RowMask mask = RowMask.of(words, 64);
        words[0] = -1;
        assertThat(mask.cardinality()).isEqualTo(2);
        assertThat(mask.allows(1)).isFalse();
    }

    @Test
    void refusesRowsThatAreNotThere() {
        for (int row : new int[] {-1, Integer.MIN_VALUE, 70, 127, 128, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> RowMask.of(70, 3, row))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row " + row + " ");
        }
        for (int row : new int[] {70, 127, 128, 1000}) {
            BitSet bits = new BitSet();
            bits.set(row);
            assertThatThrownBy(() -> RowMask.of(bits, 70))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row " + row + " ");
        }
        assertThatThrownBy(() -> RowMask.of(new long[0], -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
