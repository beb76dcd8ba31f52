package dev.kith.chunking;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;

import java.util.List;

/** An embedder whose vectors count letters: texts of other letters are far apart. */
final class LetterEmbedder implements Embedder {
    @Override
    public List<Embedding> embed(List<String> texts, Role role) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return texts.stream()
                .map(text -> new Embedding(vector(text), text.length(), 0))
                .toList();
    }

    private static float[] vector(String text) {
        float[] vector = new float[32];
        for (int i = 0; i < text.length(); i++) {
            if (!Breaks.white(text.charAt(i))) {
                vector[text.charAt(i) % 32]++;
            }
        }
        return vector;
    }

    @Override
    public int dimension() {
        return 32;
    }

    @Override
    public int maxTokens() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Tokenizer tokenizer() {
        return TestTokens.WORDS;
    }

    @Override
    public String identity() {
        return "letters";
    }

    @Override
    public void close() {}
}
