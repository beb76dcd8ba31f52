package dev.kith.retrieval.context;

import dev.kith.retrieval.Analysis;
import dev.kith.retrieval.Hit;
import dev.kith.retrieval.model.Relevances;
import dev.kith.text.Embedder;
import dev.kith.text.Reranker;
import dev.kith.text.Span;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Keeps of hits the sentences that matter to a question: extractive compression, as in RECOMP (Xu et al., arXiv:2310.04408).
 * Nothing is rewritten, so each piece kept is an exact span of its document; neighbouring sentences become one piece.
 *
 * <p>All sentences of all hits compete: the most relevant ones are kept, as many as fit into a share of the hits' characters,
 * and the best one in any case. A hit may lose all of its sentences. Of HTML the sentences of the visible text are kept, with
 * their places in the source; where these cannot be told, because a script stands between, say, the hit is kept whole or not.
 *
 * <p>As safe for threads as the model; deterministic if that is.
 */
public final class SentenceCompressor {
    private final Reranker judge;
    private final double share;

    private SentenceCompressor(Reranker judge, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share to keep must be in (0, 1]: " + share);
        }
        this.judge = judge;
        this.share = share;
    }

    /**
     * Judges sentences by a reranker, which reads each beside the question.
     *
     * @param share how much is kept of all characters, in (0, 1]
     */
    public static SentenceCompressor by(Reranker reranker, double share) {
        return new SentenceCompressor(reranker, share);
    }

    /**
     * Judges sentences by the cosine of their vectors and the question's.
     *
     * @param share how much is kept of all characters, in (0, 1]
     */
    public static SentenceCompressor byMeaning(Embedder embedder, double share) {
        return new SentenceCompressor(new MeaningReranker(embedder), share);
    }

    /**
     * Judges sentences by the question's terms that they have, rare ones counting more. Needs no model.
     *
     * @param share how much is kept of all characters, in (0, 1]
     */
    public static SentenceCompressor byTerms(Analysis analysis, double share) {
        return new SentenceCompressor(new TermReranker(analysis), share);
    }

    /** A sentence of a hit, as a range of its content. */
    private record Sentence(CutHit hit, Span range) {
        String text() {
            return range.of(hit.hit().content());
        }
    }

    /**
     * What is kept of each hit, in the order of the hits; of some nothing.
     *
     * @throws IllegalArgumentException if the question is blank
     * @throws InterruptedException if the calling thread is interrupted while a model runs
     */
    public List<Excerpt> compress(String question, List<Hit> hits) throws InterruptedException {
        if (question.isBlank()) {
            throw new IllegalArgumentException("the question is blank");
        }
        List<CutHit> cut = hits.stream().map(CutHit::of).toList();
        List<Sentence> sentences = new ArrayList<>();
        for (CutHit hit : cut) {
            hit.sentences().forEach(range -> sentences.add(new Sentence(hit, range)));
        }
        SortedSet<Integer> kept = best(question, sentences);
        List<Excerpt> excerpts = new ArrayList<>(hits.size());
        int first = 0;
        for (CutHit hit : cut) {
            int end = first + hit.sentences().size();
            excerpts.add(new Excerpt(hit.hit(), pieces(hit, first, kept.subSet(first, end))));
            first = end;
        }
        return excerpts;
    }

    /** What is kept of a hit, neighbours together; {@code first} is the number of its first sentence. */
    private static List<Quote> pieces(CutHit hit, int first, SortedSet<Integer> kept) {
        List<Span> ranges = new ArrayList<>();
        int previous = -2;
        for (int i : kept) {
            Span range = hit.sentences().get(i - first);
            if (previous == i - 1) {
                range = new Span(ranges.removeLast().start(), range.end());
            }
            ranges.add(range);
            previous = i;
        }
        return ranges.stream().map(hit::quote).toList();
    }

    /** The numbers of the sentences that are kept. */
    private SortedSet<Integer> best(String question, List<Sentence> sentences)
            throws InterruptedException {
        SortedSet<Integer> kept = new TreeSet<>();
        if (sentences.isEmpty()) {
            return kept;
        }
        float[] scores = Relevances.of(
                judge, question, sentences.stream().map(Sentence::text).toList());
        long room = (long) (share
                * sentences.stream().mapToLong(SentenceCompressor::length).sum());
        List<Integer> bestFirst = IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toList();
        for (int i : bestFirst) {
            int length = length(sentences.get(i));
            if (kept.isEmpty() || length <= room) {
                kept.add(i);
                room -= length;
            }
        }
        return kept;
    }

    private static int length(Sentence sentence) {
        return sentence.range().length();
    }
}
