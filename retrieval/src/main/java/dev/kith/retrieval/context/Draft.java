package dev.kith.retrieval.context;

import dev.kith.retrieval.Hit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A passage before it has its number.
 *
 * @param hits best first
 * @param quotes in order; they neither overlap nor touch
 * @param tokens how many its block has, about: its number may count otherwise
 */
record Draft(List<Hit> hits, List<Quote> quotes, int tokens) {
    static Draft of(Excerpt excerpt, ToIntFunction<String> tokens) {
        return of(List.of(excerpt.hit()), excerpt.quotes(), tokens);
    }

    private static Draft of(List<Hit> hits, List<Quote> quotes, ToIntFunction<String> tokens) {
        List<Quote> united = united(quotes);
        return new Draft(hits, united, tokens.applyAsInt(new Passage(1, hits, united).block()));
    }

    private static List<Quote> united(List<Quote> quotes) {
        List<Quote> inOrder = new ArrayList<>(quotes);
        inOrder.sort(Comparator.comparingInt((Quote quote) -> quote.span().start())
                .thenComparingInt(quote -> quote.span().end()));
        List<Quote> united = new ArrayList<>();
        for (Quote quote : inOrder) {
            if (!united.isEmpty() && united.getLast().meets(quote)) {
                united.add(united.removeLast().union(quote));
            } else {
                united.add(quote);
            }
        }
        return united;
    }

    String documentId() {
        return hits.getFirst().documentId();
    }

    int start() {
        return quotes.getFirst().span().start();
    }

    /** Whether a part of the document's source is in both, or they touch. */
    boolean meets(Draft that) {
        return documentId().equals(that.documentId())
                && quotes.stream().anyMatch(mine -> that.quotes.stream().anyMatch(mine::meets));
    }

    /** This and better ones as one. */
    Draft unitedWith(List<Draft> better, ToIntFunction<String> tokens) {
        List<Hit> allHits = new ArrayList<>();
        List<Quote> allQuotes = new ArrayList<>();
        for (Draft draft : better) {
            allHits.addAll(draft.hits);
            allQuotes.addAll(draft.quotes);
        }
        allHits.addAll(hits);
        allQuotes.addAll(quotes);
        return of(allHits, allQuotes, tokens);
    }
}
