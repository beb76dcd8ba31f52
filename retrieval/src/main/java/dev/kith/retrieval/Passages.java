package dev.kith.retrieval;

import dev.kith.retrieval.passages.Siblings;
import dev.kith.retrieval.passages.Widening;
import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.text.Chunk;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes hits of candidates: each a chunk as it is, or widened to a passage. Widened passages that overlap, or meet, become one
 * as long as it is not too long; it stands where the best of its chunks stood. One that may not grow gives up what another
 * passage already has, but never part of the chunk that was found.
 */
final class Passages {
    private static final class Passage {
        private final Candidate best;
        private Span span;
        /** The spans of its chunks that were found, by where they stood among the candidates. */
        private final SortedMap<Integer, Span> found = new TreeMap<>();

        private Passage(Candidate best, Span span) {
            this.best = best;
            this.span = span;
        }

        private String documentId() {
            return best.place().documentId();
        }
    }

    private final Snapshot snapshot;
    private final @Nullable Widening widening;
    private final List<Passage> passages = new ArrayList<>();
    private int seen;

    Passages(Snapshot snapshot, @Nullable Widening widening) {
        this.snapshot = snapshot;
        this.widening = widening;
    }

    /** At most {@code limit} hits, from candidates in order. */
    List<Hit> of(List<Candidate> candidates, int limit) throws IOException {
        for (Candidate candidate : candidates) {
            seen++;
            Siblings siblings = snapshot.siblings(candidate.place().documentId());
            int ordinal = candidate.place().ordinal();
            Span own = siblings.chunk(ordinal).span();
            boolean taken = widening == null
                    ? add(candidate, own, own, limit)
                    : add(candidate, widening, siblings, own, limit);
            if (!taken) {
                break;
            }
        }
        List<Hit> hits = new ArrayList<>(passages.size());
        for (Passage passage : passages) {
            hits.add(hit(passage));
        }
        return hits;
    }

    private boolean add(Candidate candidate, Span own, Span span, int limit) {
        if (passages.size() >= limit) {
            return false;
        }
        Passage passage = new Passage(candidate, span);
        passage.found.put(seen, own);
        passages.add(passage);
        return true;
    }

    /** Adds the candidate's passage to those it meets, or as a new one; says whether there was room for it. */
    private boolean add(
            Candidate candidate, Widening widening, Siblings siblings, Span own, int limit)
            throws IOException {
        Span wide = widening.passage(siblings, candidate.place().ordinal());
        String text = siblings.text();
        List<Passage> met = passages.stream()
                .filter(passage -> passage.documentId().equals(candidate.place().documentId())
                        && meets(passage.span, wide, text, widening.joins()))
                .toList();
        if (met.isEmpty()) {
            return add(candidate, own, wide, limit);
        }
        Span union = wide;
        for (Passage passage : met) {
            union = Widening.union(union, passage.span);
        }
        Passage first = met.getFirst();
        if (union.length() <= widening.maxCharacters()) {
            first.span = union;
            first.found.put(seen, own);
            for (Passage other : met.subList(1, met.size())) {
                first.found.putAll(other.found);
                passages.remove(other);
            }
            return true;
        }
        for (Passage passage : met) {
            if (passage.span.start() <= own.start() && own.end() <= passage.span.end()) {
                passage.found.put(seen, own);
                return true;
            }
        }
        return add(candidate, own, without(wide, own, met), limit);
    }

    private static boolean meets(Span a, Span b, String text, boolean joins) {
        int from = Math.min(a.end(), b.end());
        int to = Math.max(a.start(), b.start());
        return to < from || (joins && isBlank(text, from, to));
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }

    private static Span without(Span wide, Span own, List<Passage> met) {
        int start = wide.start();
        int end = wide.end();
        for (Passage passage : met) {
            if (passage.span.start() < own.start()) {
                start = Math.max(start, Math.min(passage.span.end(), own.start()));
            } else {
                end = Math.min(end, Math.max(passage.span.start(), own.end()));
            }
        }
        return new Span(start, end);
    }

    private Hit hit(Passage passage) throws IOException {
        Candidate best = passage.best;
        Document document = snapshot.existing(passage.documentId());
        Siblings siblings = snapshot.siblings(passage.documentId());
        Chunk chunk = siblings.chunk(best.place().ordinal());
        return new Hit(
                passage.documentId(),
                best.place().ordinal(),
                passage.span,
                passage.span.of(document.text()),
                content(document.format(), siblings, best.place().ordinal(), passage.span),
                chunk.headings(),
                chunk.parent(),
                best.score(),
                best.signals(),
                Layout.merge(document.metadata(), chunk.metadata()),
                List.copyOf(passage.found.values()));
    }

    /** The visible text of a passage: the contents of its chunks, what they repeat of each other once. */
    private static String content(Format format, Siblings siblings, int ordinal, Span span)
            throws IOException {
        Chunk chunk = siblings.chunk(ordinal);
        if (chunk.span().equals(span)) {
            return chunk.content();
        }
        int first = ordinal;
        while (first > 0 && siblings.chunk(first - 1).span().start() >= span.start()) {
            first--;
        }
        StringBuilder content = new StringBuilder();
        boolean verbatim = format != Format.HTML; // between its chunks stands markup
        int end = 0;
        for (int i = first; i < siblings.size(); i++) {
            Chunk next = siblings.chunk(i);
            if (next.span().end() > span.end()) {
                break;
            }
            verbatim &= next.content().equals(next.span().of(siblings.text()));
            append(content, next, end - next.span().start());
            end = next.span().end();
        }
        return verbatim ? span.of(siblings.text()) : content.toString();
    }

    /** Appends a chunk without its start, as far as that ends the content already; {@code overlap} of their spans, if any. */
    private static void append(StringBuilder content, Chunk chunk, int overlap) {
        String text = chunk.content();
        int repeated = Math.min(Math.max(0, overlap), Math.min(text.length(), content.length()));
        while (repeated > 0
                && !content.substring(content.length() - repeated)
                        .equals(text.substring(0, repeated))) {
            repeated--;
        }
        if (!content.isEmpty() && repeated == 0) {
            content.append("\n\n");
        }
        content.append(text, repeated, text.length());
    }
}
