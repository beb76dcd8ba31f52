package dev.kith.retrieval.evaluation.answers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BLEU (Papineni et al., ACL 2002): how many of an answer's runs of one to four words are in the references, with a penalty
 * for being short. As sacreBLEU computes it by default (Post, WMT 2018), but in [0, 1] instead of [0, 100]: words by rule
 * 13a of mteval, case kept; where an order has no match, its n-th such case counts as 1 / 2^n of a match; the reference
 * length is the nearest one, of two equally near the shorter. If no word matches, BLEU is 0.
 *
 * @param score in [0, 1]
 * @param precisions of runs of one to four words, in [0, 1], after smoothing
 * @param brevityPenalty in [0, 1]; 1 if the answers are as long as the references
 * @param answerLength the words of all answers
 * @param referenceLength the words of the nearest references
 */
public record Bleu(
        double score,
        List<Double> precisions,
        double brevityPenalty,
        int answerLength,
        int referenceLength) {
    private static final int ORDERS = 4;
    private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern MARK_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
    private static final Pattern MARK_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    /** Copies the precisions. */
    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /**
     * BLEU of all answers together, which is not the mean of theirs.
     *
     * @param answers one per question
     * @param references for each answer, at least one
     * @throws IllegalArgumentException if there is no answer, or not as many lists of references, or an empty one
     */
    public static Bleu corpus(List<String> answers, List<List<String>> references) {
        if (answers.isEmpty() || answers.size() != references.size()) {
            throw new IllegalArgumentException("expected references for each of " + answers.size()
                    + " answers, at least one, found " + references.size());
        }
        Counts counts = new Counts();
        for (int i = 0; i < answers.size(); i++) {
            counts.add(answers.get(i), references.get(i));
        }
        return counts.score(false);
    }

    /**
     * BLEU of one answer. Orders that it is too short for do not count, as in sacreBLEU's sentence score: of three words, runs
     * of one to three do.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public static Bleu sentence(String answer, List<String> references) {
        Counts counts = new Counts();
        counts.add(answer, references);
        return counts.score(true);
    }

    /** The words by rule 13a. */
    static List<String> words(String text) {
        String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        line = line.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = SYMBOLS.matcher(" " + line + " ").replaceAll(" $1 ");
        line = MARK_AFTER_OTHER.matcher(line).replaceAll("$1 $2 ");
        line = MARK_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
        line = HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ").strip();
        return line.isEmpty()
                ? List.of()
                : List.of(
                        Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS).split(line));
    }

    private static final class Counts {
        private final long[] matches = new long[ORDERS];
        private final long[] totals = new long[ORDERS];
        private int answerLength;
        private int referenceLength;

        void add(String answer, List<String> references) {
            if (references.isEmpty()) {
                throw new IllegalArgumentException("no reference answer");
            }
            List<String> words = words(answer);
            List<List<String>> expected = references.stream().map(Bleu::words).toList();
            answerLength += words.size();
            referenceLength += expected.stream()
                    .mapToInt(List::size)
                    .boxed()
                    .min((a, b) -> {
                        int nearer = Integer.compare(
                                Math.abs(a - words.size()), Math.abs(b - words.size()));
                        return nearer != 0 ? nearer : Integer.compare(a, b);
                    })
                    .orElse(0);
            for (int order = 1; order <= ORDERS; order++) {
                Map<List<String>, Integer> most = new HashMap<>();
                for (List<String> reference : expected) {
                    runs(reference, order).forEach((run, n) -> most.merge(run, n, Math::max));
                }
                for (var run : runs(words, order).entrySet()) {
                    totals[order - 1] += run.getValue();
                    matches[order - 1] +=
                            Math.min(run.getValue(), most.getOrDefault(run.getKey(), 0));
                }
            }
        }

        private static Map<List<String>, Integer> runs(List<String> words, int length) {
            Map<List<String>, Integer> runs = new HashMap<>();
            for (int i = 0; i + length <= words.size(); i++) {
                runs.merge(words.subList(i, i + length), 1, Integer::sum);
            }
            return runs;
        }

        Bleu score(boolean shortened) {
            List<Double> precisions = new ArrayList<>();
            double logs = 0;
            int orders = ORDERS;
            double smoothing = 1;
            for (int i = 0; i < ORDERS; i++) {
                if (totals[i] == 0 && shortened) {
                    orders = Math.min(orders, i);
                }
                double precision = totals[i] == 0 ? 0 : (double) matches[i] / totals[i];
                if (totals[i] > 0 && matches[i] == 0 && matches[0] > 0) {
                    smoothing *= 2;
                    precision = 1 / (smoothing * totals[i]);
                }
                precisions.add(precision);
                logs += i < orders ? Math.log(precision) : 0;
            }
            double penalty = answerLength == 0
                    ? 0
                    : Math.min(1, Math.exp(1 - (double) referenceLength / answerLength));
            double score = matches[0] == 0 ? 0 : penalty * Math.min(1, Math.exp(logs / orders));
            return new Bleu(score, precisions, penalty, answerLength, referenceLength);
        }
    }
}
