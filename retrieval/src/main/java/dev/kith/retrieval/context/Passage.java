package dev.kith.retrieval.context;

import dev.kith.retrieval.Citation;
import dev.kith.retrieval.Hit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A numbered part of a context, from one document.
 *
 * @param number what an answer cites it by, counted from 1 in the order of the context
 * @param hits what it was made of, best first; several if they overlap
 * @param quotes the pieces of the document's source that it shows, in order
 */
public record Passage(int number, List<Hit> hits, List<Quote> quotes) {
    /** Between two pieces that do not stand together in the source. */
    private static final String GAP = " \u2026 ";

    /** @throws IllegalArgumentException if there is no hit or no piece */
    public Passage {
        hits = List.copyOf(hits);
        quotes = List.copyOf(quotes);
        if (hits.isEmpty() || quotes.isEmpty()) {
            throw new IllegalArgumentException("a passage needs a hit and a quote");
        }
    }

    /** How an answer refers to it: {@code [1]}. */
    public String label() {
        return "[" + number + "]";
    }

    /** The document that it is from. */
    public String documentId() {
        return hits.getFirst().documentId();
    }

    /** What a reader sees of it: its pieces, with an ellipsis where something was left out. */
    public String content() {
        return quotes.stream().map(Quote::content).collect(Collectors.joining(GAP));
    }

    /** Its pieces as citations, all under its label. */
    public List<Citation> citations() {
        String source = hits.getFirst().citation(label()).source();
        List<Citation> citations = new ArrayList<>(quotes.size());
        for (Quote quote : quotes) {
            citations.add(new Citation(
                    label(),
                    documentId(),
                    source,
                    quote.span().start(),
                    quote.span().end(),
                    quote.text()));
        }
        return citations;
    }

    /** As a context shows it: a line with label, document and headings, then the content. */
    String block() {
        List<String> headings = hits.getFirst().headings();
        String header = label() + " " + documentId()
                + (headings.isEmpty() ? "" : ": " + String.join(" > ", headings));
        // A header is one line, whatever stands in an id or a heading.
        return header.replaceAll("\\p{Cntrl}|\\R", " ") + "\n" + content();
    }
}
