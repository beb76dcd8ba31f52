package dev.kith.retrieval.context;

import dev.kith.retrieval.Analysis;
import dev.kith.text.Reranker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Relevance is the share of the question's distinct terms that a passage has, each weighted by {@code ln(1 + passages / those
 * that have it)}.
 */
record TermReranker(Analysis analysis) implements Reranker {
    @Override
    public float[] score(String query, List<String> passages) {
        Set<String> asked = new HashSet<>(analysis.terms(query));
        List<Set<String>> found = passages.stream()
                .map(passage -> analysis.terms(passage).stream()
                        .filter(asked::contains)
                        .collect(Collectors.toSet()))
                .toList();
        float[] scores = new float[passages.size()];
        double all = 0;
        for (String term : asked) {
            long having = found.stream().filter(terms -> terms.contains(term)).count();
            if (having == 0) {
                continue; // tells no passage from another
            }
            double weight = Math.log(1 + (double) passages.size() / having);
            all += weight;
            for (int i = 0; i < scores.length; i++) {
                scores[i] += found.get(i).contains(term) ? (float) weight : 0;
            }
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = all == 0 ? 0 : (float) Math.min(1, scores[i] / all);
        }
        return scores;
    }

    @Override
    public String identity() {
        return "terms of " + analysis;
    }

    @Override
    public void close() {}
}
