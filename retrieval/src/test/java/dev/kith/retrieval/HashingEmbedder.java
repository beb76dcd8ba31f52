package dev.kith.retrieval;

import dev.kith.text.Embedder;
import dev.kith.text.Embedding;
import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A bag of words, hashed into a few hundred components and scaled to unit length: texts with the same words are near. Counts
 * what it embeds; refuses texts with the word {@code p0is0n}.
 */
public final class HashingEmbedder implements Embedder {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int MAX_TOKENS = 200;

    /** How many documents' texts were embedded. */
    public final AtomicInteger embedded = new AtomicInteger();

    private final int dimension;
    private final String identity;

    public HashingEmbedder() {
        this("hashing-256", 256);
    }

    public HashingEmbedder(String identity, int dimension) {
        this.identity = identity;
        this.dimension = dimension;
    }

    @Override
    public List<Embedding> embed(List<String> texts, Role role) {
        List<Embedding> embeddings = new ArrayList<>();
        for (String text : texts) {
            if (text.contains("p0is0n")) {
                throw new IllegalArgumentException("text with p0is0n");
            }
            embeddings.add(embedding(text));
        }
        if (role == Role.DOCUMENT) {
            embedded.addAndGet(texts.size());
        }
        return embeddings;
    }

    private Embedding embedding(String text) {
        float[] vector = new float[dimension];
        Tokens tokens = tokenizer().tokenize(text);
        int seen = Math.min(MAX_TOKENS, tokens.size());
        double squares = 0;
        for (int i = 0; i < seen; i++) {
            vector[Math.floorMod(tokens.ids()[i] * 0x9E3779B9, dimension)]++;
        }
        for (float component : vector) {
            squares += (double) component * component;
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] = squares == 0 ? 1 : (float) (vector[i] / Math.sqrt(squares));
        }
        return new Embedding(vector, seen, tokens.size() - seen);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public Tokenizer tokenizer() {
        return new Tokenizer() {
            @Override
            public Tokens tokenize(CharSequence text) {
                List<MatchResult> words = WORD.matcher(text).results().toList();
                return new Tokens(
                        words.stream()
                                .mapToInt(
                                        w -> w.group().toLowerCase(Locale.ROOT).hashCode())
                                .toArray(),
                        words.stream().mapToInt(MatchResult::start).toArray(),
                        words.stream().mapToInt(MatchResult::end).toArray());
            }

            @Override
            public String identity() {
                return "words";
            }
        };
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void close() {}
}
