package dev.kith.retrieval.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswersTest {
    @Test
    void caseArticlesPunctuationAndBlanksDoNotCount() {
        assertThat(Answers.normalized("  The Cat's  a\tan \u00abMAT\u00bb\u2026 "))
                .isEqualTo("cats mat");
        assertThat(Answers.normalized("theatre another aa")).isEqualTo("theatre another aa");
        assertThat(Answers.normalized("$1,000.50")).isEqualTo("100050");
        assertThat(Answers.normalized("\u00c9A the")).isEqualTo("\u00e9a");
        assertThat(Answers.exactMatch("The Eiffel Tower!", List.of("eiffel tower")))
                .isEqualTo(1);
        assertThat(Answers.exactMatch("Eiffel", List.of("eiffel tower"))).isZero();
        // Composed and decomposed letters are equal.
        assertThat(Answers.exactMatch("caf\u00e9", List.of("cafe\u0301"))).isEqualTo(1);
        assertThat(Answers.exactMatch("b", List.of("a", "B."))).isEqualTo(1);
    }

    @Test
    void f1CountsWordsAsOftenAsTheyOccur() {
        // Common: cat, sat. Precision 2/4, recall 2/2.
        assertThat(Answers.f1("cat cat sat down", List.of("the cat sat")))
                .isEqualTo(2.0 / 3, within(1e-12));
        assertThat(Answers.f1("x", List.of("y", "x z"))).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(Answers.f1("the", List.of("a"))).isEqualTo(1);
        assertThat(Answers.f1("", List.of("word"))).isZero();
        assertThat(Answers.f1("word", List.of("..."))).isZero();
        // Three of four characters are common.
        assertThat(Answers.f1("\u4e2d\u56fd\u4eba", List.of("\u4e2d\u56fd\u4eba\u6c11")))
                .isEqualTo(6.0 / 7, within(1e-12));
    }

    @Test
    void rougeLCountsTheLongestCommonSubsequence() {
        // Lin's example: police ... gunman in order, against the reverse order.
        assertThat(Answers.rougeL("police kill gunman", List.of("police killed gunman")))
                .isEqualTo(4.0 / 6, within(1e-12));
        assertThat(Answers.rougeL("gunman kill police", List.of("police killed gunman")))
                .isEqualTo(2.0 / 6, within(1e-12));
        assertThat(Answers.rougeL("", List.of(""))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scoresAreInBoundsAndWordOrderMattersToRougeAlone(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<String> answer = words(random);
            List<String> reference = words(random);
            String label = "seed " + seed + ": " + answer + " / " + reference;
            String text = String.join(" ", answer);
            List<String> references = List.of(String.join(" ", reference));
            double f1 = Answers.f1(text, references);
            assertThat(f1).as(label).isBetween(0.0, 1.0);
            assertThat(Answers.rougeL(text, references)).as(label).isBetween(0.0, f1 + 1e-12);
            assertThat(Answers.exactMatch(text, references)).as(label).isLessThanOrEqualTo(f1);
            assertThat(Answers.f1(references.getFirst(), List.of(text)))
                    .as(label)
                    .isEqualTo(f1, within(1e-12));
            Collections.shuffle(answer, random);
            assertThat(Answers.f1(String.join(" ", answer), references))
                    .as(label)
                    .isEqualTo(f1, within(1e-12));
        }
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            words.add(List.of("x", "y", "z", "the", "w.").get(random.nextInt(5)));
        }
        return words;
    }

    @Test
    void refusesToScoreWithoutAReference() {
        assertThatIllegalArgumentException().isThrownBy(() -> Answers.exactMatch("a", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Answers.f1("a", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Bleu.sentence("a", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Bleu.corpus(List.of("a"), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Bleu.corpus(List.of(), List.of()));
    }
}
