package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BreaksTest {
    @Test
    void callsWhiteWhatJavaAndUnicodeDo() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            boolean white = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF;
            assertThat(Breaks.white((char) c)).as("U+%04X", c).isEqualTo(white);
        }
    }
}
