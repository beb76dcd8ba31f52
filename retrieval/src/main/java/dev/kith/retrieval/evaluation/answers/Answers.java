package dev.kith.retrieval.evaluation.answers;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How well a short answer agrees with reference answers, in [0, 1]; of several references the best counts. Texts are
 * compared as SQuAD's evaluation does (Rajpurkar et al., EMNLP 2016): without case, punctuation, the articles a, an and the,
 * and differences of blanks. Beyond it, punctuation is Unicode's, composed and decomposed letters are equal, and a
 * character of a script that writes no blanks between words (Han, Hiragana, Katakana, Thai, Lao, Khmer) is a word.
 */
public final class Answers {
    private static final Pattern PUNCTUATION = Pattern.compile("[\\p{P}$+<=>^`|~]");
    private static final Pattern ARTICLES =
            Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}]"
                    + "|[^ \\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}]+");

    private Answers() {}

    /** The text as it is compared. */
    public static String normalized(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        String words = PUNCTUATION.matcher(lower).replaceAll("");
        return BLANKS.matcher(ARTICLES.matcher(words).replaceAll(" "))
                .replaceAll(" ")
                .strip();
    }

    /**
     * 1 if the answer is one of the references, else 0.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public static double exactMatch(String answer, Collection<String> references) {
        String given = normalized(answer);
        return best(references, reference -> normalized(reference).equals(given) ? 1 : 0);
    }

    /**
     * The harmonic mean of precision and recall of the words, counted as often as they occur. If the answer or the reference
     * has no word, 1 if both have none, else 0.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public static double f1(String answer, Collection<String> references) {
        List<String> given = words(answer);
        return best(references, reference -> {
            List<String> expected = words(reference);
            return harmonic(common(given, expected), given.size(), expected.size());
        });
    }

    /**
     * ROUGE-L (Lin, ACL 2004): the harmonic mean of precision and recall of the longest common subsequence of words.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public static double rougeL(String answer, Collection<String> references) {
        List<String> given = words(answer);
        return best(references, reference -> {
            List<String> expected = words(reference);
            return harmonic(longestCommon(given, expected), given.size(), expected.size());
        });
    }

    private static List<String> words(String text) {
        return WORD.matcher(normalized(text)).results().map(MatchResult::group).toList();
    }

    private static int common(List<String> given, List<String> expected) {
        Map<String, Integer> left = new HashMap<>();
        expected.forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : given) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                common++;
            }
        }
        return common;
    }

    private static int longestCommon(List<String> given, List<String> expected) {
        int[] before = new int[expected.size() + 1];
        for (String word : given) {
            int[] now = new int[before.length];
            for (int i = 1; i < now.length; i++) {
                now[i] = word.equals(expected.get(i - 1))
                        ? before[i - 1] + 1
                        : Math.max(now[i - 1], before[i]);
            }
            before = now;
        }
        return before[expected.size()];
    }

    private static double harmonic(int common, int given, int expected) {
        if (given == 0 || expected == 0) {
            return given == expected ? 1 : 0;
        }
        return 2.0 * common / (given + expected);
    }

    private static double best(Collection<String> references, ToDoubleFunction<String> score) {
        return references.stream()
                .mapToDouble(score)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no reference answer"));
    }
}
