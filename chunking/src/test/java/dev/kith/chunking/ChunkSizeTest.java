package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChunkSizeTest {
    @Test
    void refusesSizesThatCannotMakeProgress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkSize.characters(0, 0))
                .withMessage("max must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkSize.tokens(TestTokens.WORDS, 10, 10))
                .withMessage("overlap must be from 0 to max - 1: overlap 10, max 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkSize.characters(10, -1))
                .withMessage("overlap must be from 0 to max - 1: overlap -1, max 10");
    }

    @Test
    void tellsUnitsAndNumbersApartInIdentities() {
        assertThat(new FormatChunker(ChunkSize.characters(9, 1)).identity())
                .isNotEqualTo(new FormatChunker(ChunkSize.characters(9, 2)).identity())
                .isNotEqualTo(FormatChunker.byTokens(TestTokens.WORDS).identity());
    }

    @Test
    void measuresTokensAsCountingThemDoes() {
        String text = "one \uD83D\uDE00 tw\u00F6, \u4F60 three";
        for (TestTokens tokenizer : TestTokens.values()) {
            Ruler ruler = Ruler.of(ChunkSize.tokens(tokenizer, 3, 0), text);
            Random random = new Random(7);
            for (int round = 0; round < 2000; round++) {
                int start = random.nextInt(text.length() + 1);
                int length = random.nextInt(8);
                int reach = ruler.reach(start, length);
                int back = ruler.back(start, length);
                assertThat(ruler.count(start, reach)).isLessThanOrEqualTo(length);
                assertThat(ruler.count(back, start)).isLessThanOrEqualTo(length);
                assertThat(reach == text.length() || ruler.count(start, reach + 1) > length)
                        .as("reach %d from %d is the furthest for %d", reach, start, length)
                        .isTrue();
                assertThat(back == 0 || ruler.count(back - 1, start) > length)
                        .as("start %d before %d is the first for %d", back, start, length)
                        .isTrue();
            }
        }
    }
}
