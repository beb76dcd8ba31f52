package dev.kith.retrieval.evaluation.answers;

/**
 * What a {@link Judge} asks its model. A place in braces is filled in: {@code {text}}, {@code {question}}, {@code {reference}},
 * {@code {context}}, and {@code {items}}, numbered lines from 1. Prompts may be replaced if replies keep their form: {@code claims}
 * is answered by one claim a line, behind a number or a dash, or {@code NONE}; the others by a line {@code number: yes} or
 * {@code number: no} for each item.
 *
 * @param claims takes apart {@code {text}}
 * @param supported says which {@code {items}} follow from {@code {context}}
 * @param relevant says which {@code {items}}, claims of an answer, help to answer {@code {question}}
 * @param useful says which {@code {items}}, passages, help to arrive at {@code {reference}} when asked {@code {question}}
 */
public record JudgePrompts(String claims, String supported, String relevant, String useful) {
    private static final String FORM = """

            Reply with one line for each number, and nothing else: the number, a colon, and yes or no.
            """;

    private static final JudgePrompts ENGLISH =
            new JudgePrompts("""
            Break the text into the separate factual claims that it makes. Each claim must be a full sentence that can be \
            understood alone: replace pronouns by what they stand for. Add nothing that the text does not say.
            Write one claim a line, each behind its number and a full stop. If the text makes no factual claim, reply NONE.

            Text:
            {text}
            """, """
            Decide for each numbered statement whether it follows from the passages alone. What you know otherwise does not count.

            Passages:
            {context}

            Statements:
            {items}
            """ + FORM, """
            Decide for each numbered statement of an answer whether it helps to answer the question. Whether it is true does \
            not matter here.

            Question:
            {question}

            Statements:
            {items}
            """ + FORM, """
            Decide for each numbered passage whether it was of use in arriving at the answer to the question.

            Question:
            {question}

            Answer:
            {reference}

            Passages:
            {items}
            """ + FORM);

    /** English prompts. */
    public static JudgePrompts english() {
        return ENGLISH;
    }
}
