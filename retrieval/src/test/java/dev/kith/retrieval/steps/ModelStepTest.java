package dev.kith.retrieval.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.retrieval.steps.SubQuery.Dense;
import dev.kith.retrieval.steps.SubQuery.Sparse;
import dev.kith.text.Embedder.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelStepTest {
    private static final Plan PLAN = Plan.of("why is the sky blue?");
    private final List<String> prompts = new ArrayList<>();

    private Function<String, String> says(String answer) {
        return prompt -> {
            prompts.add(prompt);
            return answer;
        };
    }

    @Test
    void keywordsGoToTheSparseHalfAlone() throws Exception {
        Plan plan = ModelStep.keywords(says("Rayleigh scattering, wavelength, blue"))
                .apply(PLAN);
        SubQuery only = plan.subQueries().getFirst();
        assertThat(plan.subQueries()).hasSize(1);
        assertThat(only.dense()).isEqualTo(PLAN.subQueries().getFirst().dense());
        assertThat(only.sparse())
                .containsExactly(
                        new Sparse("why is the sky blue?", 1),
                        new Sparse("Rayleigh scattering wavelength blue", 0.3));
        assertThat(plan.modelCalls()).isEqualTo(1);
        assertThat(plan.failures()).isEmpty();
    }

    @Test
    void multiQueryKeepsTheQuestionAndAddsParaphrases() throws Exception {
        Plan plan = ModelStep.multiQuery(
                        says("1. Sky colour?\n2. Why is the sky blue\n3. Blue sky reason\n4. x"), 2)
                .withWeight(0.5)
                .apply(PLAN);
        assertThat(plan.subQueries())
                .containsExactly(
                        SubQuery.of("why is the sky blue?"),
                        SubQuery.of("Sky colour?").withWeight(0.5),
                        SubQuery.of("Blue sky reason").withWeight(0.5));
        assertThat(plan.merge()).isEqualTo(Plan.Merge.RECIPROCAL_RANKS);
        assertThat(prompts)
                .singleElement()
                .asString()
                .contains("in 2 other ways", "why is the sky blue?");
    }

    @Test
    void decompositionInterleavesAndASimpleQuestionStaysAlone() throws Exception {
        Plan plan = ModelStep.decomposition(says("- What is light?\n- What is air?"), 3)
                .apply(PLAN);
        assertThat(plan.subQueries())
                .extracting(SubQuery::question)
                .containsExactly("why is the sky blue?", "What is light?", "What is air?");
        assertThat(plan.merge()).isEqualTo(Plan.Merge.INTERLEAVED);
        assertThat(ModelStep.decomposition(says("Why is the sky blue?"), 3).apply(PLAN))
                .isEqualTo(PLAN.withModelCall());
    }

    @Test
    void hydeAveragesOrStandsBeside() throws Exception {
        Plan mean = ModelStep.hyde(says("Air scatters\nblue light."), 2).apply(PLAN);
        assertThat(mean.modelCalls()).isEqualTo(2);
        assertThat(mean.subQueries()).hasSize(1);
        assertThat(mean.subQueries().getFirst().dense())
                .containsExactly(
                        new Dense("why is the sky blue?", Role.QUERY, 1),
                        new Dense("Air scatters blue light.", Role.DOCUMENT, 1),
                        new Dense("Air scatters blue light.", Role.DOCUMENT, 1));
        assertThat(mean.subQueries().getFirst().sparse()).hasSize(1);
        Plan beside =
                ModelStep.hydeBeside(says("Air scatters."), 1).withWeight(2).apply(PLAN);
        assertThat(beside.subQueries())
                .containsExactly(
                        SubQuery.of("why is the sky blue?"),
                        SubQuery.passage("Air scatters.").withWeight(2));
    }

    @Test
    void aLongPassageIsCutAtAWord() throws Exception {
        Plan plan = ModelStep.hyde(says("word ".repeat(10_000)), 1).apply(PLAN);
        String passage = plan.subQueries().getFirst().dense().getLast().text();
        assertThat(passage).hasSizeBetween(1900, 2000).endsWith("word");
    }

    @Test
    void stepBackAddsOneQuestionOfHalfTheWeight() throws Exception {
        Plan plan =
                ModelStep.stepBack(says("How does light scatter?\nAnother one")).apply(PLAN);
        assertThat(plan.subQueries().get(1))
                .isEqualTo(SubQuery.of("How does light scatter?").withWeight(0.5));
        assertThat(plan.subQueries()).hasSize(2);
    }

    @Test
    void stepsFollowEachOther() throws Exception {
        QueryStep steps = ModelStep.multiQuery(says("a b\nc d"), 2)
                .andThen(ModelStep.hyde(says("A passage."), 1).onEach())
                .andThen(Synonyms.of(
                        Map.of("sky", List.of("heaven"), "blue", List.of("azure", "sky"))));
        Plan plan = steps.apply(PLAN);
        assertThat(plan.modelCalls()).isEqualTo(4);
        assertThat(plan.subQueries()).hasSize(3).allMatch(q -> q.dense().size() == 2);
        assertThat(plan.subQueries().getFirst().sparse())
                .last()
                .isEqualTo(new Sparse("azure heaven", 0.5));
        assertThat(plan.subQueries().get(1).sparse()).hasSize(1);
    }

    @Test
    void passagesAreNotAskedAbout() throws Exception {
        Plan plan = ModelStep.hydeBeside(says("A passage."), 1)
                .andThen(ModelStep.multiQuery(says("x"), 1).onEach())
                .andThen(ModelStep.keywords(says("y")).onEach())
                .apply(PLAN);
        assertThat(plan.subQueries())
                .extracting(SubQuery::question)
                .containsExactly("why is the sky blue?", "A passage.", "x");
        assertThat(plan.modelCalls()).isEqualTo(1 + 1 + 2);
    }

    static Stream<Function<String, String>> brokenModels() {
        return Stream.of(
                prompt -> {
                    throw new IllegalStateException("quota");
                },
                prompt -> null,
                prompt -> " \n",
                prompt -> "...");
    }

    @ParameterizedTest
    @MethodSource("brokenModels")
    void aFailingModelLeavesTheQuestionAndIsReported(Function<String, String> model)
            throws Exception {
        for (ModelStep step : List.of(
                ModelStep.keywords(model),
                ModelStep.multiQuery(model, 3),
                ModelStep.stepBack(model),
                ModelStep.hyde(model, 1),
                ModelStep.hydeBeside(model, 1))) {
            Plan plan = step.apply(PLAN);
            assertThat(plan.subQueries()).isEqualTo(PLAN.subQueries());
            assertThat(plan.merge()).isEqualTo(PLAN.merge());
            assertThat(plan.modelCalls()).isEqualTo(1);
            assertThat(plan.failures()).hasSize(1);
            assertThatThrownBy(() -> step.strict().apply(PLAN))
                    .isInstanceOf(QueryStepException.class)
                    .hasMessage(plan.failures().getFirst());
        }
    }

    @Test
    void theCauseOfAFailureIsKept() {
        RuntimeException cause = new IllegalStateException("quota");
        ModelStep step = ModelStep.keywords(prompt -> {
                    throw cause;
                })
                .strict();
        assertThatThrownBy(() -> step.apply(PLAN))
                .isInstanceOf(QueryStepException.class)
                .hasMessage("keywords: the model failed: java.lang.IllegalStateException: quota")
                .hasCause(cause);
    }

    @Test
    void anInterruptEndsTheSearch() {
        ModelStep flagged = ModelStep.keywords(prompt -> {
            Thread.currentThread().interrupt();
            return "answer";
        });
        ModelStep wrapped = ModelStep.keywords(prompt -> {
            throw new IllegalStateException(new InterruptedException());
        });
        ModelStep thrown = ModelStep.keywords(prompt -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed");
        });
        for (ModelStep step : List.of(flagged, wrapped, thrown)) {
            assertThatThrownBy(() -> step.apply(PLAN)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ModelStep.keywords(says("x")).apply(PLAN))
                .isInstanceOf(InterruptedException.class);
        assertThat(prompts).isEmpty();
    }

    @Test
    void aFullPlanTakesNoMore() throws Exception {
        String many = String.join(
                "\n",
                IntStream.range(0, 40).mapToObj(i -> "question number " + i).toList());
        QueryStep steps = ModelStep.multiQuery(says(many), 20)
                .andThen(ModelStep.decomposition(says(many), 20));
        Plan plan = steps.apply(PLAN);
        assertThat(plan.subQueries()).hasSize(Plan.MAX_SUB_QUERIES);
        assertThat(plan.failures()).hasSize(9).first().asString().contains("full");
    }

    @Test
    void promptsAreReplaceable() throws Exception {
        ModelStep.multiQuery(says("x"), 3)
                .withPrompt("{count} for {question}")
                .apply(Plan.of("what is {count}?"));
        assertThat(prompts).containsExactly("3 for what is {count}?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelStep.keywords(says("x")).withPrompt("no place"))
                .withMessage("the prompt has no {question}: no place");
        assertThatIllegalArgumentException().isThrownBy(() -> ModelStep.multiQuery(says("x"), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ModelStep.multiQuery(says("x"), 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelStep.keywords(says("x")).withWeight(0));
    }

    @Test
    void synonymsMatchWholeWordsInAnyCase() {
        Synonyms synonyms = new Synonyms(
                Map.of("Car", List.of("automobile", "the vehicle"), "log in", List.of("sign on")),
                0.2);
        assertThat(synonyms.apply(Plan.of("my car, LOG IN"))
                        .subQueries()
                        .getFirst()
                        .sparse())
                .last()
                .isEqualTo(new Sparse("automobile the vehicle sign on", 0.2));
        assertThat(synonyms.apply(Plan.of("carpets logging in")))
                .isEqualTo(Plan.of("carpets logging in"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synonyms.of(Map.of(" ", List.of("x"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synonyms.of(Map.of("x", List.of(""))));
    }

    @Test
    void aPlanHasOneToThirtyTwoSubQueries() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Plan("q", List.of(), Plan.Merge.INTERLEAVED, 0, List.of()))
                .withMessage("a plan has 1 to 32 sub-queries, found 0");
        assertThatIllegalArgumentException().isThrownBy(() -> SubQuery.of(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubQuery.of("q").withWeight(Double.NaN));
    }
}
