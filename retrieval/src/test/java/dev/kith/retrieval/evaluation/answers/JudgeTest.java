package dev.kith.retrieval.evaluation.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgeTest {
    private final List<String> prompts = new ArrayList<>();

    /** A model that gives these replies one after another. */
    private Judge judge(String... replies) {
        Deque<String> left = new ArrayDeque<>(List.of(replies));
        return Judge.of(prompt -> {
            prompts.add(prompt);
            return left.removeFirst();
        });
    }

    @Test
    void faithfulnessIsTheShareOfClaimsThatFollowFromThePassages() {
        Judgement judgement = judge(
                        "1. Cats purr.\n2. Cats bark.\n3) Cats sleep.", "1: yes\n2: no\n3: yes")
                .faithfulness(
                        "They purr, bark and sleep.",
                        List.of("Cats purr and sleep.", "Dogs bark."));
        assertThat(judgement.score().orElseThrow()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(judgement.verdicts())
                .extracting(Judgement.Verdict::item)
                .containsExactly("Cats purr.", "Cats bark.", "Cats sleep.");
        assertThat(judgement.verdicts())
                .extracting(Judgement.Verdict::yes)
                .containsExactly(true, false, true);
        assertThat(prompts.get(0)).contains("They purr, bark and sleep.");
        assertThat(prompts.get(1))
                .contains("1. Cats purr and sleep.\n2. Dogs bark.")
                .contains("1. Cats purr.\n2. Cats bark.\n3. Cats sleep.");
    }

    @Test
    void answerRelevanceIsTheShareOfClaimsThatHelpToAnswer() {
        assertThat(judge("- Paris is the capital.\n- Paris is large.", "1: Yes.\n2: NO")
                        .answerRelevance("What is the capital?", "Paris, which is large.")
                        .score())
                .hasValue(0.5);
        assertThat(prompts.get(1)).contains("What is the capital?");
    }

    @Test
    void contextRecallIsTheShareOfTheReferencesClaimsThatThePassagesHold() {
        assertThat(judge("1. A is B.", "1: no")
                        .contextRecall("A is B.", List.of("C"))
                        .score())
                .hasValue(0);
    }

    @Test
    void contextPrecisionIsHigherTheEarlierUsefulPassagesStand() {
        List<String> passages = List.of("p", "q", "r");
        // Precision 1/1 at the first rank and 2/3 at the third.
        assertThat(judge("1: yes\n2: no\n3: yes")
                        .contextPrecision("?", "!", passages)
                        .value())
                .isEqualTo((1 + 2.0 / 3) / 2, within(1e-12));
        assertThat(judge("1: no\n2: yes\n3: yes")
                        .contextPrecision("?", "!", passages)
                        .value())
                .isEqualTo((1.0 / 2 + 2.0 / 3) / 2, within(1e-12));
        assertThat(judge("1: no\n2: no\n3: no")
                        .contextPrecision("?", "!", passages)
                        .value())
                .isZero();
        assertThat(prompts.get(0)).contains("1. p\n2. q\n3. r").contains("!");
    }

    @Test
    void verdictsAreReadInTheFormsThatModelsChoose() {
        for (String reply : new String[] {
            "2: no\n1: yes",
            "**1**: Yes\n**2**: No",
            "Here you are:\n\n1. yes, because 2 is 2\n2. no",
            "Statement 1: YES\nStatement 2: NO",
            "| 1 | yes |\n| 2 | no |",
            "1: yes\n1: yes\n2: no\n7: yes"
        }) {
            assertThat(judge("1. a b\n2. c d", reply)
                            .faithfulness("x", List.of("y"))
                            .score())
                    .as(reply)
                    .hasValue(0.5);
        }
    }

    @Test
    void anUnreadableReplyIsAskedForAgainAndThenCountedNotScored() {
        Judgement again =
                judge("1. a\n2. b", "1: yes", "1: yes\n2: yes").faithfulness("x", List.of("y"));
        assertThat(again.score()).hasValue(1);

        Judgement partly =
                judge("1. a\n2. b", "1: yes", "1: yes\n2: maybe").faithfulness("x", List.of("y"));
        assertThat(partly.outcome()).isEqualTo(Judgement.Outcome.UNPARSABLE);
        assertThat(partly.score()).isEmpty();
        assertThat(partly.verdicts())
                .extracting(Judgement.Verdict::yes)
                .containsExactly(true, null);

        Judgement contradicted =
                judge("1. a", "1: yes\n1: no", "1: no\n1: yes").faithfulness("x", List.of("y"));
        assertThat(contradicted.outcome()).isEqualTo(Judgement.Outcome.UNPARSABLE);

        Judgement noClaims = judge("I cannot do that", "Sorry").faithfulness("x", List.of("y"));
        assertThat(noClaims.outcome()).isEqualTo(Judgement.Outcome.UNPARSABLE);
        assertThat(noClaims.verdicts()).isEmpty();

        Judgement none = judge("None.").faithfulness("I do not know.", List.of("y"));
        assertThat(none.outcome()).isEqualTo(Judgement.Outcome.NOTHING_TO_JUDGE);
        assertThat(judge().contextPrecision("?", "!", List.of()).outcome())
                .isEqualTo(Judgement.Outcome.NOTHING_TO_JUDGE);

        Judgement.Summary summary =
                Judgement.summary(List.of(again, partly, contradicted, noClaims, none));
        assertThat(summary.mean()).hasValue(1);
        assertThat(summary.scored()).isEqualTo(1);
        assertThat(summary.unparsable()).isEqualTo(3);
        assertThat(summary.nothingToJudge()).isEqualTo(1);
        assertThat(Judgement.summary(List.of(partly)).mean()).isEmpty();
    }

    @Test
    void attemptsAndPromptsAreTheCallers() {
        JudgePrompts german = new JudgePrompts(
                "Zerlege: {text}",
                "{context} | {items} {other}",
                "{question} | {items}",
                "{items}");
        assertThat(judge("1. a", "1: yes")
                        .withPrompts(german)
                        .withAttempts(1)
                        .faithfulness("a {items} $1 \\", List.of("{text}"))
                        .score())
                .hasValue(1);
        // What is filled in is not filled in again, and unknown places stay.
        assertThat(prompts).containsExactly("Zerlege: a {items} $1 \\", "1. {text} | 1. a {other}");
        assertThatIllegalArgumentException().isThrownBy(() -> judge().withAttempts(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noReplyDoesWorseThanLeaveAJudgementWithoutAScore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Function<String, String> noise = prompt -> {
            StringBuilder reply = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                reply.append(List.of(
                                "1",
                                "2",
                                "999999999999",
                                ": ",
                                "yes",
                                "no",
                                "\n",
                                "- ",
                                ". ",
                                "none",
                                "\u0000",
                                "{text}")
                        .get(random.nextInt(12)));
            }
            return reply.toString();
        };
        for (int round = 0; round < 500; round++) {
            Judgement judgement = Judge.of(noise).faithfulness("x", List.of("y"));
            String label = "seed " + seed + ", round " + round;
            assertThat(judgement.value()).as(label).isBetween(0.0, 1.0);
            assertThat(judgement.score().isPresent())
                    .as(label)
                    .isEqualTo(judgement.outcome() == Judgement.Outcome.SCORED);
        }
    }

    @Test
    void whatAModelThinksAloudIsNotItsReply() {
        Judgement judgement = judge(
                        "<think>\n1. Is this a claim?\n</think>\n1. Cats purr.",
                        "<think>\n1: no\nWait.\n</think>\n1: yes")
                .faithfulness("They purr.", List.of("Cats purr."));
        assertThat(judgement.verdicts()).containsExactly(new Judgement.Verdict("Cats purr.", true));
        assertThat(judgement.score()).hasValue(1);
    }
}
