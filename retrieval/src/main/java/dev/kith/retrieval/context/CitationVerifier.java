package dev.kith.retrieval.context;

import dev.kith.retrieval.Analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks what an answer says it has from where, without a model: whether each label is of a passage, whether quoted words stand
 * in the cited source, and how much of each sentence the cited passages say. Immutable, safe for any number of threads.
 *
 * <p>Labels are {@code [1]}, {@code [1][2]}, {@code [1, 2]} and {@code [1-3]}; they belong to the sentence that they stand in
 * or behind, and at the start of a line to the sentence that begins there.
 *
 * <p>The support of a sentence is the share of its distinct terms, as the analysis makes them, that stand in the cited passages'
 * content: the unigram precision of ROUGE (Lin, 2004). It is 1 for a sentence without terms. It notices invented names, numbers
 * and topics; it does not notice a "not", nor that a paraphrase in other words is right: about half is usual for honest ones.
 *
 * <p>Quoted words are compared without regard to white space and the shape of quotation marks; {@code ...} within them stands
 * for anything between.
 *
 * @param analysis how text becomes terms
 */
public record CitationVerifier(Analysis analysis) {
    /** Checks an answer that was given from a context. */
    public CitationReport verify(String answer, Context context) {
        Map<Passage, Set<String>> terms = new HashMap<>();
        List<CitationReport.Sentence> sentences = new ArrayList<>();
        for (AnswerText.Sentence sentence : new AnswerText(answer).sentences()) {
            Set<String> said = new HashSet<>(analysis.terms(sentence.words()));
            List<CitationReport.Reference> references = new ArrayList<>();
            Set<String> given = new HashSet<>();
            for (AnswerText.Label label : sentence.labels()) {
                Passage passage = context.passage(label.number());
                Set<String> has = passage == null
                        ? Set.of()
                        : terms.computeIfAbsent(
                                passage, cited -> new HashSet<>(analysis.terms(cited.content())));
                given.addAll(has);
                references.add(new CitationReport.Reference(
                        label.text(),
                        label.span(),
                        passage,
                        passage == null ? 0 : share(said, has)));
            }
            boolean cites = references.stream().anyMatch(cited -> cited.passage() != null);
            sentences.add(new CitationReport.Sentence(
                    sentence.span(),
                    sentence.span().of(answer),
                    List.copyOf(references),
                    quotations(sentence, context),
                    cites ? share(said, given) : 0));
        }
        return new CitationReport(sentences);
    }

    private static double share(Collection<String> said, Set<String> given) {
        return said.isEmpty()
                ? 1
                : (double) said.stream().filter(given::contains).count() / said.size();
    }

    private static List<CitationReport.Quotation> quotations(
            AnswerText.Sentence sentence, Context context) {
        List<CitationReport.Quotation> quotations = new ArrayList<>();
        for (AnswerText.Quotation quotation : sentence.quotations()) {
            List<AnswerText.Label> labels = sentence.labelsOf(quotation);
            boolean found = labels.stream()
                    .map(label -> context.passage(label.number()))
                    .filter(Objects::nonNull)
                    .anyMatch(passage -> QuotedWords.standIn(passage, quotation.text()));
            quotations.add(new CitationReport.Quotation(
                    quotation.span(),
                    quotation.text(),
                    labels.stream().map(AnswerText.Label::text).toList(),
                    found));
        }
        return List.copyOf(quotations);
    }
}
