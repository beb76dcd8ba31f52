package dev.kith.retrieval.evaluation.answers;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a judge says of one answer or one set of passages.
 *
 * @param outcome whether there is a score, and if not why
 * @param value the score, in [0, 1]; 0 and without meaning unless the outcome is {@link Outcome#SCORED}
 * @param verdicts what was judged, one by one
 */
public record Judgement(Outcome outcome, double value, List<Verdict> verdicts) {
    /** Whether a judgement has a score. */
    public enum Outcome {
        /** It has. */
        SCORED,
        /** There was no claim or no passage. */
        NOTHING_TO_JUDGE,
        /** The model's reply could not be read, as often as it was asked. */
        UNPARSABLE
    }

    /**
     * One claim or passage.
     *
     * @param item the claim or passage
     * @param yes what the model said, or null if that could not be read
     */
    public record Verdict(String item, @Nullable Boolean yes) {}

    /**
     * Many judgements together.
     *
     * @param mean of those that have a score, empty if none has
     * @param scored how many have one
     * @param nothingToJudge how many had no claim or passage
     * @param unparsable how many have none because a reply could not be read
     */
    public record Summary(OptionalDouble mean, long scored, long nothingToJudge, long unparsable) {}

    /** Copies the verdicts. */
    public Judgement {
        verdicts = List.copyOf(verdicts);
    }

    /** The score, empty if there is none. */
    public OptionalDouble score() {
        return outcome == Outcome.SCORED ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The mean of those that have a score, and how many have none: an unread reply is neither 0 nor 1. */
    public static Summary summary(List<Judgement> judgements) {
        return new Summary(
                judgements.stream()
                        .filter(each -> each.outcome == Outcome.SCORED)
                        .mapToDouble(Judgement::value)
                        .average(),
                count(judgements, Outcome.SCORED),
                count(judgements, Outcome.NOTHING_TO_JUDGE),
                count(judgements, Outcome.UNPARSABLE));
    }

    private static long count(List<Judgement> judgements, Outcome outcome) {
        return judgements.stream().filter(each -> each.outcome == outcome).count();
    }
}
