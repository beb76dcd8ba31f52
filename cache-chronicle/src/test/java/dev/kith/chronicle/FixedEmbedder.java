package dev.kith.chronicle;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;

import java.util.List;

/** An embedder that is only a name and a dimension. */
record FixedEmbedder(String identity, int dimension) implements Embedder {
    @Override
    public List<Embedding> embed(List<String> texts, Role role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maxTokens() {
        return 1;
    }

    @Override
    public Tokenizer tokenizer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
