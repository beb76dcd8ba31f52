package dev.kith.retrieval.steps;

/**
 * The prompts of {@link ModelStep}, in English. {@code {question}} stands for the question and {@code {count}} for how many
 * answers are wanted; a prompt of your own, see {@link ModelStep#withPrompt}, has the same two.
 */
public final class Prompts {
    /** Asks for search terms. */
    public static final String KEYWORDS = """
            List at most {count} search terms that a passage answering the question below would contain and that the question \
            itself does not: synonyms, technical terms, abbreviations written out, names. One a line, nothing else.

            Question: {question}
            """;

    /** Asks for paraphrases. */
    public static final String MULTI_QUERY = """
            Ask the question below in {count} other ways. Keep its meaning, its names and its numbers; use other words than it \
            does. One a line, nothing else.

            Question: {question}
            """;

    /** Asks for the questions that a question consists of. */
    public static final String DECOMPOSITION = """
            Which simpler questions have to be answered to answer the question below? Give at most {count}, each of which can \
            be understood without the others. If it is one simple question already, repeat it. One a line, nothing else.

            Question: {question}
            """;

    /** Asks for a passage that could be the answer (after Gao et al., HyDE, 2022). */
    public static final String HYDE = """
            Write one short paragraph, as a reference work might contain it, that answers the question below. If you do not \
            know the answer, write what one could look like. Only the paragraph, nothing else.

            Question: {question}
            """;

    /** Asks for the more general question behind one (after Zheng et al., step-back prompting, 2023). */
    public static final String STEP_BACK = """
            Which more general question stands behind the question below: about the principle, concept or procedure that it is \
            an instance of? One line, nothing else.

            Question: {question}
            """;

    private Prompts() {}
}
