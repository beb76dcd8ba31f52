package dev.kith.retrieval;

import dev.kith.text.Reranker;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Relevance is the share of the query's words that the passage has. */
public final class OverlapReranker implements Reranker {
    @Override
    public float[] score(String query, List<String> passages) {
        Set<String> wanted = words(query);
        float[] scores = new float[passages.size()];
        for (int i = 0; i < scores.length; i++) {
            Set<String> common = words(passages.get(i));
            common.retainAll(wanted);
            scores[i] = (float) common.size() / wanted.size();
        }
        return scores;
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+")));
    }

    @Override
    public String identity() {
        return "overlap";
    }

    @Override
    public void close() {}
}
