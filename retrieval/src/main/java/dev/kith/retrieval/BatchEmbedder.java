package dev.kith.retrieval;

import dev.kith.spi.Workers;
import dev.kith.text.Embedder;
import dev.kith.text.Embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Embeds texts by key, each key once, on several threads in small batches of similar length. A text that the embedder rejects,
 * or whose vector cannot be compared, is noted; the others go on.
 */
final class BatchEmbedder {
    private static final int BATCH = 16;

    private record Text(String key, String text) {}

    private final CorpusConfig config;
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private long dropped;

    BatchEmbedder(CorpusConfig config) {
        this.config = config;
    }

    void add(String key, String text) {
        texts.putIfAbsent(key, new Text(key, text));
    }

    int size() {
        return texts.size();
    }

    Map<String, float[]> vectors() {
        return vectors;
    }

    /** Why keys have no vector. */
    Map<String, String> failures() {
        return failures;
    }

    long droppedTokens() {
        return dropped;
    }

    /** Embeds all; {@code done} hears of each batch. */
    void run(IntConsumer done) throws InterruptedException {
        List<Text> sorted = new ArrayList<>(texts.values());
        // The longest first, so that no thread starts on one when the others are done.
        sorted.sort(Comparator.comparingInt((Text text) -> text.text().length()).reversed());
        int batches = (sorted.size() + BATCH - 1) / BATCH;
        Workers.run(config.threads(), batches, () -> i -> {
            List<Text> batch = sorted.subList(i * BATCH, Math.min((i + 1) * BATCH, sorted.size()));
            try {
                embed(batch);
                done.accept(batch.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Workers stops and throws it again
            }
        });
    }

    private void embed(List<Text> batch) throws InterruptedException {
        try {
            List<Embedding> embeddings = config.embedder()
                    .embed(batch.stream().map(Text::text).toList(), Embedder.Role.DOCUMENT);
            for (int i = 0; i < batch.size(); i++) {
                keep(batch.get(i).key(), embeddings.get(i));
            }
        } catch (IllegalArgumentException e) {
            if (batch.size() == 1) {
                fail(batch.getFirst().key(), e);
            } else {
                for (Text text : batch) {
                    embed(List.of(text)); // finds the one at fault
                }
            }
        }
    }

    private synchronized void keep(String key, Embedding embedding) {
        try {
            config.index()
                    .metric()
                    .check(embedding.vector(), config.embedder().dimension(), "embedding");
            vectors.put(key, embedding.vector());
            dropped += embedding.dropped();
        } catch (IllegalArgumentException e) {
            fail(key, e);
        }
    }

    private synchronized void fail(String key, IllegalArgumentException e) {
        failures.put(key, e.getMessage() == null ? e.toString() : e.getMessage());
    }
}
