package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.embedding.Passage.Window;
import dev.kith.onnx.Output;
import dev.kith.tokenizers.ModelInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassageTest {
    private static Passage ofTokens(int count) {
        Passage passage = new Passage(1, count, 0);
        passage.add(new ModelInput(new int[count], new int[count]), Math.max(1, count));
        return passage;
    }

    private static List<Integer> sizes(List<Window> batch) {
        return batch.stream().map(window -> window.input().size()).toList();
    }

    @Test
    void longestWindowsComeFirstAndABatchIsAsLongAsItsLongestAllows() {
        Passage[] passages = {ofTokens(2), ofTokens(9), ofTokens(3), ofTokens(5), ofTokens(1)};
        assertThat(Passage.batches(passages, 8))
                .extracting(PassageTest::sizes)
                .containsExactly(List.of(9), List.of(5), List.of(3, 2), List.of(1));
    }

    /** A tokenizer without special tokens makes nothing of an empty text. */
    @Test
    void windowsWithoutTokensShareABatch() {
        Passage[] passages = {ofTokens(0), ofTokens(4), ofTokens(0)};
        assertThat(Passage.batches(passages, 4))
                .extracting(PassageTest::sizes)
                .containsExactly(List.of(4), List.of(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aRowWithoutTokensIsZerosAloneAndInCompany(Pooling pooling) {
        Output alone = new Output(new float[] {7, 8}, new int[] {1, 1, 2});
        Output company = new Output(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {2, 2, 2});
        assertThat(Pool.row(alone, 0, 0, pooling)).containsOnly(0);
        assertThat(Pool.row(company, 1, 0, pooling)).containsOnly(0);
    }
}
