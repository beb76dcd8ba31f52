package dev.kith.retrieval.steps;

import dev.kith.retrieval.model.AnswerParser;
import dev.kith.retrieval.model.Asking;
import dev.kith.text.Embedder.Role;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step that asks a language model. The model is the caller's: a function from prompt to answer. Immutable; safe for as many
 * threads as the function is. Deterministic if the function is.
 *
 * <p>Each step asks about the question itself, which costs one call ({@link #hyde}: as many as passages), or about every
 * sub-query of the plan if told to with {@link #onEach}. The question is never taken out of a plan.
 *
 * <p><b>Answers</b> may be lines, numbered or not, or JSON. Duplicates, what repeats the question, what is too long to be one
 * item and what exceeds the count are left out.
 *
 * <p><b>Failures.</b> If the function throws or nothing can be made of its answer, the search goes on without this step, and
 * {@link Plan#failures} says why; after {@link #strict} a {@link QueryStepException} ends the search instead. If the thread is
 * interrupted while the function runs, the search ends with {@link InterruptedException}.
 */
public final class ModelStep implements QueryStep {
    private static final int KEYWORDS = 8;
    private static final double KEYWORD_WEIGHT = 0.3;
    private static final int MAX_PASSAGE = 2000;

    private enum Kind {
        KEYWORDS("keywords", false),
        MULTI_QUERY("multi-query", false),
        DECOMPOSITION("decomposition", false),
        STEP_BACK("step-back", false),
        HYDE_MEAN("HyDE", true),
        HYDE_BESIDE("HyDE", true);

        private final String title;
        private final boolean passages;

        Kind(String title, boolean passages) {
            this.title = title;
            this.passages = passages;
        }
    }

    private final Kind kind;
    private final Function<String, String> model;
    private final String prompt;
    private final int count;
    private final double weight;
    private final boolean each;
    private final boolean strict;

    private ModelStep(
            Kind kind,
            Function<String, String> model,
            String prompt,
            int count,
            double weight,
            boolean each,
            boolean strict) {
        if (count < 1 || count >= Plan.MAX_SUB_QUERIES) {
            throw new IllegalArgumentException(
                    "count must be in [1, " + (Plan.MAX_SUB_QUERIES - 1) + "]: " + count);
        }
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight must be positive and finite: " + weight);
        }
        if (!prompt.contains("{question}")) {
            throw new IllegalArgumentException("the prompt has no {question}: " + prompt);
        }
        this.kind = kind;
        this.model = model;
        this.prompt = prompt;
        this.count = count;
        this.weight = weight;
        this.each = each;
        this.strict = strict;
    }

    /** Adds up to 8 search terms to what the sparse half matches, each counting 0.3 of a word of the question. */
    public static ModelStep keywords(Function<String, String> model) {
        return new ModelStep(
                Kind.KEYWORDS, model, Prompts.KEYWORDS, KEYWORDS, KEYWORD_WEIGHT, false, false);
    }

    /** Adds up to {@code count} paraphrases as sub-queries of the question's own weight, merged by reciprocal ranks. */
    public static ModelStep multiQuery(Function<String, String> model, int count) {
        return new ModelStep(Kind.MULTI_QUERY, model, Prompts.MULTI_QUERY, count, 1, false, false);
    }

    /** Adds up to {@code count} simpler questions as sub-queries, interleaved with the question's own hits. */
    public static ModelStep decomposition(Function<String, String> model, int count) {
        return new ModelStep(
                Kind.DECOMPOSITION, model, Prompts.DECOMPOSITION, count, 1, false, false);
    }

    /** Adds the more general question behind the question, merged by reciprocal ranks with half its weight. */
    public static ModelStep stepBack(Function<String, String> model) {
        return new ModelStep(Kind.STEP_BACK, model, Prompts.STEP_BACK, 1, 0.5, false, false);
    }

    /**
     * Hypothetical document embeddings (Gao, Ma, Lin, Callan: Precise Zero-Shot Dense Retrieval without Relevance Labels,
     * 2022): the dense half searches with the mean of the question's vector and those of {@code count} passages that the model
     * makes up, one call each, embedded as passages. Nothing made up is matched by words or shown.
     */
    public static ModelStep hyde(Function<String, String> model, int count) {
        return new ModelStep(Kind.HYDE_MEAN, model, Prompts.HYDE, count, 1, false, false);
    }

    /** As {@link #hyde}, with each passage a dense sub-query beside the question, merged by reciprocal ranks. */
    public static ModelStep hydeBeside(Function<String, String> model, int count) {
        return new ModelStep(Kind.HYDE_BESIDE, model, Prompts.HYDE, count, 1, false, false);
    }

    /**
     * The step with another prompt.
     *
     * @param prompt has {@code {question}} where the question goes, and {@code {count}} where the number of answers does
     * @throws IllegalArgumentException if it has no {@code {question}}
     */
    public ModelStep withPrompt(String prompt) {
        return new ModelStep(kind, model, prompt, count, weight, each, strict);
    }

    /** The step with another number of answers, in [1, 31]. */
    public ModelStep withCount(int count) {
        return new ModelStep(kind, model, prompt, count, weight, each, strict);
    }

    /** The step with another weight of what it adds, beside 1 for the question; above 0. */
    public ModelStep withWeight(double weight) {
        return new ModelStep(kind, model, prompt, count, weight, each, strict);
    }

    /** The step that asks about every sub-query that the plan has when its turn comes. */
    public ModelStep onEach() {
        return new ModelStep(kind, model, prompt, count, weight, true, strict);
    }

    /** The step that ends the search with a {@link QueryStepException} when it fails. */
    public ModelStep strict() {
        return new ModelStep(kind, model, prompt, count, weight, each, true);
    }

    @Override
    public Plan apply(Plan plan) throws InterruptedException {
        Plan changed = plan;
        int asked = each ? plan.subQueries().size() : 1;
        for (int i = 0; i < asked; i++) {
            if (suits(plan.subQueries().get(i))) {
                changed = kind.passages ? passages(changed, i) : list(changed, i);
            }
        }
        return changed;
    }

    /** Whether there is a question to ask about, and the half that would search with the answer. */
    private boolean suits(SubQuery subQuery) {
        boolean asks = subQuery.dense().stream().anyMatch(part -> part.role() == Role.QUERY);
        return switch (kind) {
            case KEYWORDS -> !subQuery.sparse().isEmpty();
            case HYDE_MEAN -> asks;
            default -> asks || !subQuery.sparse().isEmpty();
        };
    }

    private Plan list(Plan plan, int index) throws InterruptedException {
        String question = plan.subQueries().get(index).question();
        Answer answer = ask(plan, question);
        if (answer.text == null) {
            return answer.plan;
        }
        List<String> items = kind == Kind.KEYWORDS
                ? AnswerParser.terms(answer.text, question, count)
                : AnswerParser.list(answer.text, question, count);
        if (items.isEmpty() && kind == Kind.DECOMPOSITION && !answer.text.isBlank()) {
            return answer.plan; // the question is simple, the model repeats it
        }
        if (items.isEmpty()) {
            return failed(answer.plan, "nothing to use in the model's answer", null);
        }
        return switch (kind) {
            case KEYWORDS ->
                answer.plan.map(index, q -> q.withSparse(String.join(" ", items), weight));
            case DECOMPOSITION -> added(answer.plan, index, items).merged(Plan.Merge.INTERLEAVED);
            default -> added(answer.plan, index, items);
        };
    }

    private Plan added(Plan plan, int index, List<String> questions) {
        double beside = plan.subQueries().get(index).weight() * weight;
        Plan more = plan;
        for (String question : questions) {
            more = added(more, SubQuery.of(question).withWeight(beside));
        }
        return more;
    }

    private Plan added(Plan plan, SubQuery subQuery) {
        if (plan.hasRoom()) {
            return plan.with(subQuery);
        }
        return failed(plan, "the plan is full, left out: " + subQuery.question(), null);
    }

    private Plan passages(Plan plan, int index) throws InterruptedException {
        SubQuery about = plan.subQueries().get(index);
        Plan changed = plan;
        for (int i = 0; i < count; i++) {
            Answer answer = ask(changed, about.question());
            changed = answer.plan;
            if (answer.text == null) {
                continue;
            }
            String passage = AnswerParser.paragraph(answer.text, MAX_PASSAGE);
            if (passage.isEmpty()) {
                changed = failed(changed, "nothing to use in the model's answer", null);
            } else if (kind == Kind.HYDE_MEAN) {
                changed = changed.map(index, q -> q.withDense(passage, Role.DOCUMENT, weight));
            } else {
                changed = added(
                        changed, SubQuery.passage(passage).withWeight(about.weight() * weight));
            }
        }
        return changed;
    }

    /** What the model said, or null if it failed, and the plan after that. */
    private record Answer(Plan plan, @Nullable String text) {}

    private Answer ask(Plan plan, String question) throws InterruptedException {
        Plan called = plan.withModelCall();
        String filled =
                prompt.replace("{count}", Integer.toString(count)).replace("{question}", question);
        try {
            String text = Asking.ask(model, filled);
            return text == null
                    ? new Answer(failed(called, "the model gave no answer", null), null)
                    : new Answer(called, text);
        } catch (QueryStepException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Answer(failed(called, "the model failed: " + e, e), null);
        }
    }

    private Plan failed(Plan plan, String reason, @Nullable RuntimeException cause) {
        String failure = kind.title + ": " + reason;
        if (strict) {
            throw cause == null
                    ? new QueryStepException(failure)
                    : new QueryStepException(failure, cause);
        }
        return plan.withFailure(failure);
    }
}
