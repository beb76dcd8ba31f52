package dev.kith.retrieval.context;

import dev.kith.retrieval.Citation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a language model is given to answer from: numbered passages, each with its document and exact spans. Immutable.
 *
 * @param text the passages as the model reads them, each under a line {@code [n] document: headings}, a blank line between two
 * @param tokens how many tokens the text has, at most the budget
 * @param passages in the order of the text, numbered from 1
 * @param dropped the hits that are not shown, in the order of the hits
 */
public record Context(String text, int tokens, List<Passage> passages, List<Dropped> dropped) {
    /** Copies the lists. */
    public Context {
        passages = List.copyOf(passages);
        dropped = List.copyOf(dropped);
    }

    /** The passage that an answer cites by a number, or null if there is none. */
    public @Nullable Passage passage(long number) {
        return number >= 1 && number <= passages.size() ? passages.get((int) number - 1) : null;
    }

    /**
     * All pieces of all passages as citations: of each, {@code document.text().substring(start, end).equals(quote)}. A passage
     * of several pieces has several citations under one label.
     */
    public List<Citation> citations() {
        return passages.stream()
                .flatMap(passage -> passage.citations().stream())
                .toList();
    }
}
