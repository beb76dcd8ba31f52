package dev.kith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignColumnsTest {
    private static final long SEED = 9;

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 16, 20, 52, 196, 1024})
    void everySignIsWhereTheKernelsLookForIt(int columns) {
        Random random = new Random(SEED);
        SignColumns signs = new SignColumns(columns);
        byte[] expected = new byte[16 * columns];
        for (int round = 0; round < 2; round++) {
            Arrays.fill(expected, (byte) 0);
            for (int member = 0; member < 32; member++) {
                long[] words = signs.member(member);
                for (int word = 0; word < words.length; word++) {
                    words[word] = random.nextLong();
                }
                int at = 2 * (member % 8) + member % 16 / 8;
                int half = member < 16 ? 0 : 4;
                for (int sign = 0; sign < 4 * columns; sign++) {
                    long bit = words[sign / 64] >>> sign & 1;
                    expected[16 * (sign / 4) + at] |= (byte) (bit << (half + sign % 4));
                }
            }
            byte[] found = new byte[expected.length];
            signs.write(found);
            assertThat(found).as("seed " + SEED).isEqualTo(expected);
        }
    }
}
