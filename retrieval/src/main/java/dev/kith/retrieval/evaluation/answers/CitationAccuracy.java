package dev.kith.retrieval.evaluation.answers;

import dev.kith.retrieval.Citation;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well what an answer cites agrees with what a judge marked as evidence. A character that is cited, or marked, several
 * times counts once. Where nothing is cited precision is 0, and where nothing is marked recall is 0; where both are nothing,
 * both are 1.
 *
 * @param precision the share of what is cited that is marked, in [0, 1]
 * @param recall the share of what is marked that is cited, in [0, 1]
 */
public record CitationAccuracy(double precision, double recall) {
    /**
     * A passage that a judge marked as evidence for the answer.
     *
     * @param documentId the document
     * @param span where it stands in the document's text
     */
    public record Evidence(String documentId, Span span) {}

    /** The harmonic mean of precision and recall, 0 if both are. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /** Compares characters (UTF-16 units) of the documents' texts. */
    public static CitationAccuracy ofCharacters(
            Collection<Citation> cited, Collection<Evidence> marked) {
        Map<String, List<Span>> citedSpans = merged(cited.stream()
                .map(each -> new Evidence(each.documentId(), new Span(each.start(), each.end())))
                .toList());
        Map<String, List<Span>> markedSpans = merged(marked);
        long common = 0;
        for (var document : citedSpans.entrySet()) {
            for (Span span : document.getValue()) {
                for (Span other : markedSpans.getOrDefault(document.getKey(), List.of())) {
                    common += Math.max(
                            0,
                            Math.min(span.end(), other.end())
                                    - Math.max(span.start(), other.start()));
                }
            }
        }
        return of(common, length(citedSpans), length(markedSpans));
    }

    /** Compares documents, for judgements that name no passages. */
    public static CitationAccuracy ofDocuments(
            Collection<Citation> cited, Collection<String> markedDocuments) {
        Set<String> citedDocuments =
                cited.stream().map(Citation::documentId).collect(Collectors.toSet());
        Set<String> marked = Set.copyOf(markedDocuments);
        long common = citedDocuments.stream().filter(marked::contains).count();
        return of(common, citedDocuments.size(), marked.size());
    }

    private static CitationAccuracy of(long common, long cited, long marked) {
        double nothing = cited == marked ? 1 : 0;
        return new CitationAccuracy(
                cited == 0 ? nothing : (double) common / cited,
                marked == 0 ? nothing : (double) common / marked);
    }

    /** By document, spans that neither touch nor overlap. */
    private static Map<String, List<Span>> merged(Collection<Evidence> evidence) {
        Map<String, List<Span>> merged = new TreeMap<>();
        List<Evidence> sorted = new ArrayList<>(evidence);
        sorted.sort(Comparator.comparingInt(each -> each.span().start()));
        for (Evidence each : sorted) {
            List<Span> spans = merged.computeIfAbsent(each.documentId(), id -> new ArrayList<>());
            if (spans.isEmpty() || spans.getLast().end() < each.span().start()) {
                spans.add(each.span());
            } else {
                Span last = spans.removeLast();
                spans.add(
                        new Span(last.start(), Math.max(last.end(), each.span().end())));
            }
        }
        return merged;
    }

    private static long length(Map<String, List<Span>> spans) {
        return spans.values().stream()
                .flatMap(List::stream)
                .mapToLong(Span::length)
                .sum();
    }
}
