package dev.kith.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final RerankerOptions OPTIONS =
            RerankerOptions.defaults().withBatchSize(8).withBatchTokens(100);

    @Test
    void eachInputIsInOneBatchWithinTheBounds() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] lengths = random.ints(random.nextInt(50), 0, 150).toArray();
            List<int[]> batches = Batches.of(lengths, OPTIONS);
            assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, lengths.length).toArray());
            for (int[] batch : batches) {
                int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
                assertThat(batch.length).as("seed %d", seed).isBetween(1, 8);
                assertThat(batch.length == 1 || batch.length * longest <= 100)
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
    }

    @Test
    void inputsOfLikeLengthAreTogether() {
        assertThat(Batches.of(new int[] {10, 90, 10, 45, 10, 45}, OPTIONS))
                .usingRecursiveComparison()
                .isEqualTo(List.of(new int[] {1}, new int[] {3, 5}, new int[] {0, 2, 4}));
    }

    @Test
    void optionsThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> OPTIONS.withBatchSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchSize must be positive: 0");
        assertThatThrownBy(() -> OPTIONS.withBatchTokens(-5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchTokens must be positive: -5");
    }
}
