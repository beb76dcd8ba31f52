package dev.kith.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlmRerankerTest {
    private static final Pattern SHOWN = Pattern.compile("(?m)^\\[(\\d+)\\] (.*)$");
    private static final List<String> THREE = List.of("alpha", "beta", "gamma");

    private final List<String> prompts = new ArrayList<>();

    /** A model that orders passages by the number they end with, largest first. */
    private String byNumber(String prompt) {
        prompts.add(prompt);
        Matcher shown = SHOWN.matcher(prompt);
        return shown.results()
                .sorted(Comparator.comparingInt(line -> -Integer.parseInt(
                        line.group(2).substring(line.group(2).lastIndexOf(' ') + 1))))
                .map(line -> "[" + line.group(1) + "]")
                .collect(Collectors.joining(" > "));
    }

    private static LlmReranker answering(String answer) {
        return LlmReranker.of("test", prompt -> answer);
    }

    @Test
    void scoresSayThePlaceInTheModelsOrder() throws Exception {
        assertThat(answering("[2] > [3] > [1]").score("q", THREE))
                .containsExactly(1 / 3f, 3 / 3f, 2 / 3f);
    }

    @Test
    void aPromptShowsQuestionAndPassagesEachOnALine() throws Exception {
        LlmReranker reranker = LlmReranker.of("test", prompt -> {
            prompts.add(prompt);
            return "";
        });
        reranker.score(
                "how\nare keys\u00A0rotated? 100%s", List.of("two\nlines", " as in [2] or [ 3 ] "));
        assertThat(prompts)
                .singleElement()
                .satisfies(prompt -> assertThat(prompt)
                        .contains("Question: how are keys rotated? 100%s\n")
                        .contains("\n[1] two lines\n[2] as in (2) or ( 3 )\n")
                        .contains("all 2 passages"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2] > [3] > [1]|2 3 1|''|''|''",
                "2, 3, 1|2 3 1|''|''|''",
                "I read 12 pages: [3] > [1] > [2]|3 1 2|''|''|''",
                "[3]|3 1 2|1 2|''|''",
                "[3] [3] [1] [3]|3 1 2|2|3 3|''",
                "[0] > [4] > [2] > [99999999999999999999]|2 1 3|1 3|''|0 4 99999999999999999999",
                "no idea|1 2 3|1 2 3|''|''",
                "''|1 2 3|1 2 3|''|''",
                "[ 2 ]>[-1]>[x]>[1|2 1 3|1 3|''|''",
                "<think>[1] or [2]?</think>[3] > [2] > [1]|3 2 1|''|''|''",
            })
    void answersAreReadAsTheyCome(
            String answer, String order, String missing, String repeated, String unknown)
            throws Exception {
        List<LlmAnswer> heard = new ArrayList<>();
        float[] scores = answering(answer).withListener(heard::add).score("q", THREE);
        assertThat(heard).singleElement().satisfies(read -> {
            assertThat(read.text()).isEqualTo(answer);
            assertThat(read.order()).isEqualTo(numbers(order));
            assertThat(read.missing()).isEqualTo(numbers(missing));
            assertThat(read.repeated()).isEqualTo(numbers(repeated));
            assertThat(String.join(" ", read.unknown())).isEqualTo(unknown);
            assertThat(read.clean())
                    .isEqualTo(missing.isEmpty() && repeated.isEmpty() && unknown.isEmpty());
        });
        assertThat(IntStream.range(0, 3)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -scores[i]))
                        .map(i -> i + 1)
                        .toList())
                .isEqualTo(numbers(order));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Pattern.compile(" ").splitAsStream(text).map(Integer::valueOf).toList();
    }

    @Test
    void theBestOfManyRisesThroughAllWindows() throws Exception {
        for (int size : new int[] {2, 4, 5, 6, 7, 50}) {
            prompts.clear();
            List<String> passages = new ArrayList<>(
                    IntStream.range(0, size).mapToObj(i -> "passage " + i).toList());
            Collections.shuffle(passages, new Random(size));
            LlmReranker reranker = LlmReranker.of(
                    "test", this::byNumber, LlmRerankerOptions.defaults().withWindow(5, 2));
            float[] scores = reranker.score("q", passages);
            // Three of a window meet the next, so the three best come through.
            for (int best = 1; best <= Math.min(3, size); best++) {
                assertThat(scores[passages.indexOf("passage " + (size - best))])
                        .as("passage " + (size - best) + " of " + size)
                        .isEqualTo((float) (size - best + 1) / size);
            }
            List<Float> sorted = new ArrayList<>();
            for (float score : scores) {
                sorted.add(score);
            }
            Collections.sort(sorted);
            for (int i = 0; i < size; i++) {
                assertThat(sorted.get(i)).isEqualTo((float) (i + 1) / size);
            }
            assertThat(prompts).hasSize(size <= 5 ? 1 : 1 + Math.ceilDiv(size - 5, 2));
            assertThat(prompts)
                    .allSatisfy(prompt ->
                            assertThat(SHOWN.matcher(prompt).results().count()).isBetween(2L, 5L));
        }
    }

    @Test
    void promptsAreBoundedWhateverThePassages() throws Exception {
        List<String> passages = List.of(
                "x".repeat(100_000),
                "\uD83D\uDE00".repeat(50_000),
                "a" + "\uD83D\uDE00".repeat(50_000),
                "\uD83D",
                "",
                "\n\n");
        for (int size = 1000; size < 1010; size++) {
            LlmRerankerOptions options =
                    LlmRerankerOptions.defaults().withWindow(6, 3).withChars(150, size);
            prompts.clear();
            float[] scores = LlmReranker.of(
                            "test",
                            prompt -> {
                                prompts.add(prompt);
                                return "[6]";
                            },
                            options)
                    .score("q", passages);
            assertThat(scores[5]).isEqualTo(1);
            assertThat(prompts).singleElement().satisfies(prompt -> {
                assertThat(prompt.length()).isBetween(500, options.promptChars());
                SHOWN.matcher(prompt)
                        .results()
                        .map(line -> line.group(2))
                        .filter(text -> text.length() > 1)
                        .forEach(text -> assertThat(
                                        Character.isHighSurrogate(text.charAt(text.length() - 1)))
                                .isFalse());
            });
        }
    }

    @Test
    void fewerThanTwoPassagesNeedNoModel() throws Exception {
        LlmReranker reranker = LlmReranker.of("test", prompt -> {
            throw new IllegalStateException("asked");
        });
        assertThat(reranker.score("q", List.of())).isEmpty();
        assertThat(reranker.score("q", List.of("only"))).containsExactly(1);
    }

    @Test
    void whatTheModelThrowsGoesToTheCaller() {
        Function<String, String> broken = prompt -> {
            throw new UnsupportedOperationException("quota");
        };
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> LlmReranker.of("test", broken).score("q", THREE));
    }

    @Test
    @SuppressWarnings("NullAway")
    void aModelThatAnswersNullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> LlmReranker.of("test", prompt -> null).score("q", THREE))
                .withMessage("the model answers null");
    }

    @Test
    void badQueriesAndOptionsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answering("").score(" \n", THREE))
                .withMessage("query is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answering("").score("q".repeat(24_000), THREE))
                .withMessageContaining("24000 characters leaves no room");
        LlmRerankerOptions options = LlmRerankerOptions.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> options.withWindow(1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withWindow(5, 5))
                .withMessage("step must be in [1, 4]: 5");
        assertThatIllegalArgumentException().isThrownBy(() -> options.withWindow(5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withChars(0, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withChars(100, 0));
    }

    @Test
    void anInterruptEndsItBeforeTheNextPrompt() {
        LlmReranker reranker = LlmReranker.of(
                "test",
                prompt -> {
                    prompts.add(prompt);
                    Thread.currentThread().interrupt();
                    return "";
                },
                LlmRerankerOptions.defaults().withWindow(2, 1));
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> reranker.score("q", THREE));
        assertThat(prompts).hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void identityNamesModelAndOptionsAndClosingRefusesCalls() {
        LlmReranker reranker = answering("");
        assertThat(reranker.identity()).contains("test").contains("window=20");
        reranker.close();
        reranker.close();
        assertThatIllegalStateException().isThrownBy(() -> reranker.score("q", THREE));
    }
}
