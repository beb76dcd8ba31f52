package dev.kith.retrieval;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;

import java.util.List;

/** Questions point one way and passages the other. */
final class OpposedEmbedder implements Embedder {
    @Override
    public List<Embedding> embed(List<String> texts, Role role) {
        float sign = role == Role.QUERY ? 1 : -1;
        return texts.stream()
                .map(text -> new Embedding(new float[] {sign, sign}, 1, 0))
                .toList();
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public int maxTokens() {
        return 10;
    }

    @Override
    public Tokenizer tokenizer() {
        return new HashingEmbedder().tokenizer();
    }

    @Override
    public String identity() {
        return "opposed";
    }

    @Override
    public void close() {}
}
