package dev.kith.rerank;

import dev.kith.text.Reranker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A reranker that asks a language model to order passages. It is listwise: a prompt shows numbered passages and wants their
 * numbers back, best first; more passages than a prompt shows are ordered in overlapping windows, from the end of the list to
 * its front, so that a good passage can rise all the way. [Sun et al., "Is ChatGPT Good at Search?", arXiv:2304.09542.]
 *
 * <p>How the model is called is the application's: a function from prompt to answer, which must be safe for as many threads as
 * call this. What it throws goes to the caller. Scores say the place in the final order, from 1 for the first down to {@code 1 /
 * passages} for the last: a language model gives no other that compares.
 *
 * <p>An answer is read as it comes. A number that is not shown, or comes again, is passed over; passages that the answer leaves
 * out follow in their order before. So an answer without any number changes nothing. {@link #withListener} tells of each.
 *
 * <p>Deterministic if the model is; an interrupt is noticed between two prompts.
 */
public final class LlmReranker implements Reranker {
    private final String identity;
    private final Function<String, String> model;
    private final LlmRerankerOptions options;
    private final Consumer<LlmAnswer> listener;
    private volatile boolean closed;

    private LlmReranker(
            String identity,
            Function<String, String> model,
            LlmRerankerOptions options,
            Consumer<LlmAnswer> listener) {
        this.identity = identity;
        this.model = model;
        this.options = options;
        this.listener = listener;
    }

    /**
     * A reranker with the default options.
     *
     * @param name names the model and its settings
     * @param model answers a prompt; never null
     */
    public static LlmReranker of(String name, Function<String, String> model) {
        return of(name, model, LlmRerankerOptions.defaults());
    }

    /**
     * A reranker.
     *
     * @param name names the model and its settings
     * @param model answers a prompt; never null
     */
    public static LlmReranker of(
            String name, Function<String, String> model, LlmRerankerOptions options) {
        return new LlmReranker("llm-1:" + name + ":" + options, model, options, answer -> {});
    }

    /** The same, but the listener hears of every answer, on the thread that asked. */
    public LlmReranker withListener(Consumer<LlmAnswer> newListener) {
        return new LlmReranker(identity, model, options, newListener);
    }

    /**
     * {@inheritDoc}
     *
     * @throws NullPointerException if the model answers null
     */
    @Override
    public float[] score(String query, List<String> passages) throws InterruptedException {
        RankingPrompt prompt = new RankingPrompt(query, options);
        if (closed) {
            throw new IllegalStateException("the reranker is closed");
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, passages.size()).boxed().toList());
        int to = order.size();
        while (to > 1) {
            int from = Math.max(0, to - options.window());
            List<Integer> shown = order.subList(from, to);
            rank(prompt, passages, shown);
            // The better part of a window meets the one before it.
            to = from == 0 ? 0 : to - options.step();
        }
        float[] scores = new float[passages.size()];
        for (int rank = 0; rank < scores.length; rank++) {
            scores[order.get(rank)] = (float) (scores.length - rank) / scores.length;
        }
        return scores;
    }

    /** Puts a part of the order into the model's. */
    private void rank(RankingPrompt prompt, List<String> passages, List<Integer> shown)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String text = prompt.of(shown.stream().map(passages::get).toList());
        LlmAnswer answer = LlmAnswer.read(
                Objects.requireNonNull(model.apply(text), "the model answers null"), shown.size());
        listener.accept(answer);
        List<Integer> before = List.copyOf(shown);
        for (int i = 0; i < before.size(); i++) {
            shown.set(i, before.get(answer.order().get(i) - 1));
        }
    }

    @Override
    public String identity() {
        return identity;
    }

    /** Refuses further calls. The model is the caller's. */
    @Override
    public void close() {
        closed = true;
    }
}
