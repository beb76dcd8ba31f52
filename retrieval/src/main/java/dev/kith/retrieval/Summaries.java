package dev.kith.retrieval;

import dev.kith.retrieval.model.AnswerParser;
import dev.kith.text.Document;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where documents' summaries come from. A summary stands for its document when {@link Query#inBestSummaries} chooses documents;
 * it is embedded and matched by words, and never a hit or quoted. It is written, replaced and deleted with its document.
 *
 * <p>A language model is asked once for a text: as long as some document of the last commit has the same text, the summary is
 * taken over, whatever the document is called and whatever else changes. The function must be safe for as many threads as the
 * corpus has. If it throws or says nothing, the document comes in without a summary, {@link IngestReport#unsummarized} says why,
 * and the next ingest tries again.
 *
 * @param field the metadata field (a string) that holds a document's summary, or null: none does. It is preferred to the model
 * @param identity names the model and all that changes its answers
 * @param model from prompt to summary, or null: a document without the field has no summary
 * @param prompt has {@code {text}} where the document's text goes
 * @param maxCharacters how much of a document's text the model is given at most
 */
public record Summaries(
        @Nullable String field,
        String identity,
        @Nullable Function<String, String> model,
        String prompt,
        int maxCharacters) {
    /** Asks for a summary that serves to find the document. */
    public static final String PROMPT = """
            Summarise the document below in at most five sentences for a search engine: what it is, which subjects, names and \
            terms it treats, which questions it answers. Only the summary, nothing else.

            {text}
            """;

    /** About 5000 tokens of English. */
    public static final int DEFAULT_MAX_CHARACTERS = 20_000;

    /** The longest summary that is kept; more is cut off. */
    public static final int MAX_SUMMARY = 4000;

    /** @throws IllegalArgumentException if there is neither field nor model, the prompt has no {text}, or the limit is not positive */
    public Summaries {
        if (field == null && model == null) {
            throw new IllegalArgumentException("summaries need a field or a model");
        }
        if (!prompt.contains("{text}")) {
            throw new IllegalArgumentException("the prompt has no {text}: " + prompt);
        }
        if (maxCharacters < 1) {
            throw new IllegalArgumentException(
                    "the most characters of a text must be positive: " + maxCharacters);
        }
    }

    /**
     * Summaries by a language model.
     *
     * @param identity names the model; with another name, the next ingest asks again
     */
    public static Summaries by(String identity, Function<String, String> model) {
        return new Summaries(null, identity, model, PROMPT, DEFAULT_MAX_CHARACTERS);
    }

    /** Summaries that documents bring along in a metadata field. */
    public static Summaries fromField(String field) {
        return new Summaries(field, "", null, PROMPT, DEFAULT_MAX_CHARACTERS);
    }

    /** The same, but a document that has the field brings its summary along. */
    public Summaries withField(String field) {
        return new Summaries(field, identity, model, prompt, maxCharacters);
    }

    /** The same with another prompt. */
    public Summaries withPrompt(String prompt) {
        return new Summaries(field, identity, model, prompt, maxCharacters);
    }

    /** The same with more or less of a document's text in the prompt. */
    public Summaries withMaxCharacters(int maxCharacters) {
        return new Summaries(field, identity, model, prompt, maxCharacters);
    }

    /** All that decides what summaries are like. */
    String means() {
        return "summaries " + field + "\n" + (model == null ? "" : identity + "\n" + prompt)
                + maxCharacters;
    }

    /** The summary that the document brings along, or null. */
    @Nullable
    String given(Document document) {
        return field != null
                        && document.metadata().get(field) instanceof String text
                        && !text.isBlank()
                ? AnswerParser.cut(text.strip(), MAX_SUMMARY)
                : null;
    }

    /** What the model is asked about a document. */
    String prompt(Document document) {
        return prompt.replace("{text}", AnswerParser.cut(document.text(), maxCharacters));
    }
}
