package dev.kith.retrieval;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;

import java.util.List;

/** Gives vectors that cannot be compared for texts that say so, and the same good one for all others. */
final class BrokenEmbedder implements Embedder {
    private final Tokenizer words = new HashingEmbedder().tokenizer();

    @Override
    public List<Embedding> embed(List<String> texts, Role role) {
        return texts.stream().map(text -> new Embedding(vector(text), 1, 0)).toList();
    }

    private static float[] vector(String text) {
        return switch (text) {
            case "nan" -> new float[] {Float.NaN, 1, 1, 1};
            case "infinite" -> new float[] {Float.POSITIVE_INFINITY, 1, 1, 1};
            case "zero" -> new float[4];
            case "short" -> new float[] {1, 1, 1};
            case "long" -> new float[] {1, 1, 1, 1, 1};
            default -> new float[] {1, 1, 1, 1};
        };
    }

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public int maxTokens() {
        return 10;
    }

    @Override
    public Tokenizer tokenizer() {
        return words;
    }

    @Override
    public String identity() {
        return "broken";
    }

    @Override
    public void close() {}
}
