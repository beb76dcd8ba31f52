package dev.kith.retrieval.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BleuTest {
    /** The example of sacreBLEU's own documentation: 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 hyp_len = 17 ref_len = 18). */
    @Test
    void corpusBleuIsSacreBleus() {
        Bleu bleu = Bleu.corpus(
                List.of(
                        "The dog bit the man.",
                        "It wasn't surprising.",
                        "The man had just bitten him."),
                List.of(
                        List.of("The dog bit the man.", "The dog had bit the man."),
                        List.of("It was not unexpected.", "No one was surprised."),
                        List.of("The man bit him first.", "The man had bitten the dog.")));
        assertThat(bleu.score()).isEqualTo(0.4853, within(5e-5));
        assertThat(bleu.precisions().get(0)).isEqualTo(14 / 17.0, within(1e-12));
        assertThat(bleu.precisions().get(1)).isEqualTo(7 / 14.0, within(1e-12));
        assertThat(bleu.precisions().get(2)).isEqualTo(5 / 11.0, within(1e-12));
        assertThat(bleu.precisions().get(3)).isEqualTo(3 / 8.0, within(1e-12));
        assertThat(bleu.brevityPenalty()).isEqualTo(Math.exp(1 - 18.0 / 17), within(1e-12));
        assertThat(bleu.answerLength()).isEqualTo(17);
        assertThat(bleu.referenceLength()).isEqualTo(18);
    }

    /** Figures of sacreBLEU 2 with its defaults. */
    @Test
    void sentenceAndCorpusScoresAreSacreBleus() {
        String digits = "It's 1,000.5 (or so), i.e. 10-20%";
        String kith = "Kith keeps text, vectors and postings in one commit.";
        String kithToo = "Text, vectors and postings are kept in one commit by Kith.";
        String lake = "Z\u00fcrich liegt am See \u2013 sch\u00f6n!";
        String lakeToo = "Z\u00fcrich liegt am sch\u00f6nen See!";
        String digitsToo = "It is 1,000.5 or so, i.e. 10-20%";
        sentence(0.4277972007454006, digits + "; \"x\"-y&amp;z", digitsToo + " of x-y&z");
        sentence(0.4288819424803536, "two words", "two other words");
        sentence(
                0.07809849842300637,
                "the the the the the the the",
                "The cat is on the mat",
                "there is a cat on the mat, the");
        sentence(
                0.49616830003403614,
                kith,
                kithToo,
                "One commit covers text, vectors and postings.");
        sentence(0.2777619034011791, lake, lakeToo);
        corpus(
                0.457385702726199,
                List.of(kith, "two words", lake, digits),
                List.of(kithToo, "two other words", lakeToo, digitsToo));
        corpus(0.25, List.of("a b c d e", "f g h"), List.of("a b x d e", "f y h"));
    }

    private static void sentence(double score, String answer, String... references) {
        assertThat(Bleu.sentence(answer, List.of(references)).score())
                .as(answer)
                .isEqualTo(score, within(1e-12));
    }

    private static void corpus(double score, List<String> answers, List<String> references) {
        assertThat(Bleu.corpus(answers, references.stream().map(List::of).toList())
                        .score())
                .isEqualTo(score, within(1e-12));
    }

    /** Papineni's example: a word counts at most as often as one reference has it. */
    @Test
    void aWordThatIsRepeatedCountsAsOftenAsAReferenceHasIt() {
        Bleu bleu = Bleu.sentence(
                "the the the the the the the",
                List.of("The cat is on the mat", "there is a cat on the mat, the"));
        assertThat(bleu.precisions().getFirst()).isEqualTo(2.0 / 7, within(1e-12));
        // Orders two to four have no match: 1/2, 1/4 and 1/8 of one.
        assertThat(bleu.precisions().subList(1, 4))
                .containsExactly(1 / (2 * 6.0), 1 / (4 * 5.0), 1 / (8 * 4.0));
    }

    @Test
    void shortSentencesCountTheOrdersThatTheyHave() {
        assertThat(Bleu.sentence("two words", List.of("two words")).score())
                .isEqualTo(1, within(1e-12));
        assertThat(Bleu.corpus(List.of("two words"), List.of(List.of("two words")))
                        .score())
                .isZero();
        assertThat(Bleu.sentence("a b c d", List.of("a b c d e f g h")).score())
                .isEqualTo(Math.exp(1 - 8 / 4.0), within(1e-12));
        assertThat(Bleu.sentence("", List.of("a")).score()).isZero();
        assertThat(Bleu.sentence("x", List.of("y")).score()).isZero();
    }

    @Test
    void wordsAreRule13as() {
        assertThat(Bleu.words("It's 1,000.5 (or so), i.e. 10-20%; \"x\"-y&amp;z <skipped>a\nb"))
                .containsExactly(
                        "It's", "1,000.5", "(", "or", "so", ")", ",", "i", ".", "e", ".", "10", "-",
                        "20", "%", ";", "\"", "x", "\"", "-y", "&", "z", "a", "b");
        assertThat(Bleu.words(" ")).isEmpty();
    }

    @Test
    void theReferenceNearestInLengthSetsThePenalty() {
        assertThat(Bleu.sentence("a b c", List.of("a b c d e f", "a b", "a b c d"))
                        .referenceLength())
                .isEqualTo(2);
    }

    @Test
    void scoresAreInBounds() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 500; round++) {
            String answer = text(random);
            String reference = text(random);
            String label = "seed 9: " + answer + " / " + reference;
            assertThat(Bleu.sentence(answer, List.of(reference)).score())
                    .as(label)
                    .isBetween(0.0, 1.0);
            assertThat(Bleu.corpus(
                                    List.of(answer, reference),
                                    List.of(List.of(reference), List.of(answer)))
                            .score())
                    .as(label)
                    .isBetween(0.0, 1.0);
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("abc.".charAt(random.nextInt(4))).append(' ');
        }
        return text.toString();
    }
}
