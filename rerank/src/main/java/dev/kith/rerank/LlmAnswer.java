package dev.kith.rerank;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a language model answered when it was asked to order passages, and what could not be used of it.
 *
 * @param text the answer
 * @param order all passages' numbers from 1, each once: those of the answer, then the missing ones
 * @param missing the numbers that the answer lacks, ascending
 * @param repeated the numbers that came again, in order of the answer
 * @param unknown what looks like a number of a passage and is none, in order of the answer
 */
public record LlmAnswer(
        String text,
        List<Integer> order,
        List<Integer> missing,
        List<Integer> repeated,
        List<String> unknown) {
    private static final Pattern BRACKETED = Pattern.compile("\\[\\s*(\\d+)\\s*\\]");
    private static final Pattern BARE = Pattern.compile("\\d+");
    private static final String END_OF_THOUGHT = "</think>";
    /** More digits than any window's numbers have, and few enough for an int. */
    private static final int MOST_DIGITS = 9;

    /** Copies the lists. */
    public LlmAnswer {
        order = List.copyOf(order);
        missing = List.copyOf(missing);
        repeated = List.copyOf(repeated);
        unknown = List.copyOf(unknown);
    }

    /** Reads numbers in brackets, as was asked for; if there are none, numbers of any kind. Thoughts before are passed over. */
    static LlmAnswer read(String text, int passages) {
        int thought = text.lastIndexOf(END_OF_THOUGHT);
        String said = thought < 0 ? text : text.substring(thought + END_OF_THOUGHT.length());
        List<String> numbers =
                BRACKETED.matcher(said).results().map(found -> found.group(1)).toList();
        if (numbers.isEmpty()) {
            numbers = BARE.matcher(said).results().map(found -> found.group()).toList();
        }
        Set<Integer> order = new LinkedHashSet<>();
        List<Integer> repeated = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String number : numbers) {
            int value = number.length() > MOST_DIGITS ? 0 : Integer.parseInt(number);
            if (value < 1 || value > passages) {
                unknown.add(number);
            } else if (!order.add(value)) {
                repeated.add(value);
            }
        }
        List<Integer> missing = IntStream.rangeClosed(1, passages)
                .boxed()
                .filter(number -> !order.contains(number))
                .toList();
        order.addAll(missing);
        return new LlmAnswer(text, List.copyOf(order), missing, repeated, unknown);
    }

    /** Whether the answer names every passage once and nothing else. */
    public boolean clean() {
        return missing.isEmpty() && repeated.isEmpty() && unknown.isEmpty();
    }
}
