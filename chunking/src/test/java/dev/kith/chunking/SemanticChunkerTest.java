package dev.kith.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kith.text.Chunk;
import dev.kith.text.Document;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class SemanticChunkerTest {
    private static List<String> cut(String text, int max, double percentile, int window) {
        return new SemanticChunker(
                        new LetterEmbedder(), ChunkSize.characters(max, 0), percentile, window)
                .chunk(Document.of("id", text)).stream().map(Chunk::content).toList();
    }

    @Test
    void breaksWhereTheSubjectChanges() {
        String text = "Aba bab. Bab aba. Abb baa. Xyx yxy. Yxy xyx. Xxy yyx. Opo pop. Pop opo.";
        assertThat(cut(text, 1000, 70, 0))
                .containsExactly(
                        "Aba bab. Bab aba. Abb baa.",
                        "Xyx yxy. Yxy xyx. Xxy yyx.",
                        "Opo pop. Pop opo.");
        assertThat(cut(text, 1000, 70, 1)).hasSizeBetween(2, 4);
    }

    @Test
    void keepsToTheMaximumWhateverTheEmbeddingsSay() {
        assertThat(cut("Abab ab a! ".repeat(50), 40, 90, 1))
                .hasSize(17)
                .allMatch(part -> part.length() <= 40);
    }

    @Test
    void isInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> cut("One is. Two is.", 100, 90, 1));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesSettingsWithoutSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cut("", 100, 100, 1))
                .withMessage("percentile must be above 0 and below 100: 100.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cut("", 100, 90, -1))
                .withMessage("window must not be negative: -1");
    }
}
