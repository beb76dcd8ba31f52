package dev.kith.retrieval.context;

import dev.kith.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is right and wrong with an answer's citations.
 *
 * @param sentences the answer's sentences in order
 */
public record CitationReport(List<Sentence> sentences) {
    /**
     * A sentence of the answer.
     *
     * @param span where it stands in the answer, in UTF-16 units; labels behind its full stop are not in it
     * @param text the sentence there
     * @param references its labels in order; none if it cites nothing
     * @param quotations what it quotes
     * @param support how much of it the passages that it cites say, all together, in [0, 1]; 0 if it cites nothing. See {@link
     *     CitationVerifier}
     */
    public record Sentence(
            Span span,
            String text,
            List<Reference> references,
            List<Quotation> quotations,
            double support) {}

    /**
     * A label in the answer.
     *
     * @param label the label of one passage; {@code [1, 2]} is two
     * @param span where the brackets stand in the answer
     * @param passage the passage, or null if the context has none of that label
     * @param support how much of the sentence this passage says by itself, in [0, 1]
     */
    public record Reference(
            String label, Span span, @Nullable Passage passage, double support) {}

    /**
     * Words that the answer puts between quotation marks.
     *
     * @param span where they stand in the answer, without the marks
     * @param text the words
     * @param labels the labels that stand nearest behind them in the sentence, or else nearest before them
     * @param found whether they stand, word by word, in a passage of one of these labels
     */
    public record Quotation(Span span, String text, List<String> labels, boolean found) {}

    /** Copies the sentences. */
    public CitationReport {
        sentences = List.copyOf(sentences);
    }

    /** All labels, in order. */
    public List<Reference> references() {
        return sentences.stream()
                .flatMap(sentence -> sentence.references().stream())
                .toList();
    }

    /** The labels that no passage has. */
    public List<Reference> unknown() {
        return references().stream()
                .filter(reference -> reference.passage() == null)
                .toList();
    }

    /** The sentences that cite nothing, headings and phrases such as "Here is what I found" among them. */
    public List<Sentence> uncited() {
        return sentences.stream()
                .filter(sentence -> sentence.references().isEmpty())
                .toList();
    }

    /** The quotations that do not stand where the answer says. */
    public List<Quotation> misquoted() {
        return sentences.stream()
                .flatMap(sentence -> sentence.quotations().stream())
                .filter(quotation -> !quotation.found())
                .toList();
    }

    /** The sentences that cite something and are supported by less than a threshold in [0, 1]. */
    public List<Sentence> unsupported(double threshold) {
        return sentences.stream()
                .filter(sentence ->
                        !sentence.references().isEmpty() && sentence.support() < threshold)
                .toList();
    }
}
