package dev.kith.retrieval.context;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Reranker;

import java.util.List;

/** Relevance is (1 + cosine) / 2 of the vectors of question and passage. Does not own its embedder. */
record MeaningReranker(Embedder embedder) implements Reranker {
    @Override
    public float[] score(String query, List<String> passages) throws InterruptedException {
        float[] question =
                embedder.embed(List.of(query), Embedder.Role.QUERY).getFirst().vector();
        List<Embedding> embeddings = embedder.embed(passages, Embedder.Role.DOCUMENT);
        float[] scores = new float[passages.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (1 + cosine(question, embeddings.get(i).vector())) / 2;
        }
        return scores;
    }

    /** The cosine, 0 if one vector has no length. */
    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squaresOfA * squaresOfB);
        return lengths == 0 ? 0 : Math.clamp(dot / lengths, -1.0, 1.0);
    }

    @Override
    public String identity() {
        return "cosine of " + embedder.identity();
    }

    @Override
    public void close() {}
}
