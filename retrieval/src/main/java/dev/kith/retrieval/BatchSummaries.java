package dev.kith.retrieval;

import dev.kith.retrieval.model.AnswerParser;
import dev.kith.retrieval.model.Asking;
import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import dev.kith.spi.Workers;
import dev.kith.text.Document;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The summaries of some documents: brought along, taken over from the last commit, or asked for, each text once and on several
 * threads.
 */
final class BatchSummaries {
    /** Before a summary's key where chunks have theirs too: those are hashes of the text itself. */
    private static final String EMBEDDED = "summary ";

    private final @Nullable Summaries summaries;
    private final int threads;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, String> prompts = new LinkedHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /** @param summaries null if there are to be none */
    BatchSummaries(@Nullable Summaries summaries, int threads) {
        this.summaries = summaries;
        this.threads = threads;
    }

    /** Takes in a document whose summary is wanted. */
    void add(Document document, Snapshot committed) throws IOException {
        if (summaries == null) {
            return;
        }
        String given = summaries.given(document);
        if (given == null && summaries.model() == null) {
            return;
        }
        String prompt = given == null ? summaries.prompt(document) : "";
        String key = Layout.key(
                given == null ? "model " + summaries.identity() + "\n" + prompt : "given " + given);
        keys.put(document.id(), key);
        if (texts.containsKey(key) || prompts.containsKey(key)) {
            return;
        }
        Layout.Summary known = committed.summary(key);
        if (known != null) {
            texts.put(key, known.text());
            vectors.put(key, known.vector());
        } else if (given != null) {
            texts.put(key, given);
        } else {
            prompts.put(key, prompt);
        }
    }

    /** Asks the model for what is missing; says how often. */
    int ask() throws InterruptedException {
        Function<String, String> model = summaries == null ? null : summaries.model();
        if (model == null || prompts.isEmpty()) {
            return 0;
        }
        List<Map.Entry<String, String>> missing = List.copyOf(prompts.entrySet());
        Workers.run(threads, missing.size(), () -> i -> {
            try {
                ask(model, missing.get(i));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Workers stops and throws it again
            }
        });
        return missing.size();
    }

    private void ask(Function<String, String> model, Map.Entry<String, String> missing)
            throws InterruptedException {
        String key = missing.getKey();
        try {
            String text = AnswerParser.paragraph(
                    Asking.ask(model, missing.getValue()), Summaries.MAX_SUMMARY);
            if (text.isEmpty()) {
                failures.put(key, "the model gave no summary");
            } else {
                texts.put(key, text);
            }
        } catch (RuntimeException e) {
            failures.put(key, "the model failed: " + e);
        }
    }

    /** Gives the embedder the texts that have no vector yet. */
    void embed(BatchEmbedder embedder) {
        texts.forEach((key, text) -> {
            if (!vectors.containsKey(key)) {
                embedder.add(EMBEDDED + key, text);
            }
        });
    }

    /** Takes over what the embedder made, and what it refused. */
    void embedded(BatchEmbedder embedder) {
        texts.keySet().forEach(key -> {
            float[] vector = embedder.vectors().get(EMBEDDED + key);
            if (vector != null) {
                vectors.put(key, vector);
            } else if (!vectors.containsKey(key)) {
                failures.put(key, embedder.failures().getOrDefault(EMBEDDED + key, "not embedded"));
            }
        });
    }

    /** The summary of a document, or null if it has none. */
    Layout.@Nullable Summary of(String documentId) {
        String key = keys.get(documentId);
        String text = key == null ? null : texts.get(key);
        float[] vector = key == null ? null : vectors.get(key);
        return key == null || text == null || vector == null
                ? null
                : new Layout.Summary(key, text, vector);
    }

    /** Why a document has not the summary it should have, or null if it has or should have none. */
    @Nullable
    String failure(String documentId) {
        String key = keys.get(documentId);
        return key == null || of(documentId) != null
                ? null
                : failures.getOrDefault(key, "no summary was made");
    }
}
