package dev.kith.retrieval;

import dev.kith.Metric;
import dev.kith.retrieval.steps.Plan;
import dev.kith.retrieval.steps.SubQuery;
import dev.kith.text.Embedder;
import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a plan's sub-queries, each text embedded once. A text that a step made up and the embedder refuses is left
 * out, and {@link #failures} says so; the question itself must be accepted.
 */
final class QuestionVectors {
    private record Key(String text, Role role) {}

    private final CorpusConfig config;
    private final Plan plan;
    private final Map<Key, float[]> vectors = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    QuestionVectors(CorpusConfig config, Plan plan) throws InterruptedException {
        this.config = config;
        this.plan = plan;
        embed(Role.QUERY);
        embed(Role.DOCUMENT);
    }

    /** What could not be embedded, a sentence each. */
    List<String> failures() {
        return failures;
    }

    /** The weighted mean of the sub-query's vectors, or null if there is none. */
    float @Nullable [] of(SubQuery subQuery) {
        List<SubQuery.Dense> parts = subQuery.dense().stream()
                .filter(part -> vectors.containsKey(new Key(part.text(), part.role())))
                .toList();
        if (parts.isEmpty()) {
            return null;
        }
        float[] first = vector(parts.getFirst());
        if (parts.size() == 1) {
            return first;
        }
        float[] mean = mean(parts, first.length);
        try {
            config.index().metric().check(mean, mean.length, "mean");
            return mean;
        } catch (IllegalArgumentException e) {
            return first; // vectors that cancel each other out have no mean direction
        }
    }

    private float[] mean(List<SubQuery.Dense> parts, int dimension) {
        double[] sum = new double[dimension];
        double weights = parts.stream().mapToDouble(SubQuery.Dense::weight).sum();
        for (SubQuery.Dense part : parts) {
            float[] vector = vector(part);
            // Under cosine lengths mean nothing: each counts as a direction.
            double length = config.index().metric() == Metric.COSINE ? length(vector) : 1;
            for (int i = 0; i < dimension; i++) {
                sum[i] += part.weight() * vector[i] / length;
            }
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = (float) (sum[i] / weights);
        }
        return mean;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return Math.sqrt(squares);
    }

    private float[] vector(SubQuery.Dense part) {
        float[] vector = vectors.get(new Key(part.text(), part.role()));
        if (vector == null) {
            throw new IllegalStateException("not embedded: " + part.text());
        }
        return vector;
    }

    private void embed(Role role) throws InterruptedException {
        Set<String> texts = new LinkedHashSet<>();
        for (SubQuery subQuery : plan.subQueries()) {
            subQuery.dense().stream()
                    .filter(part -> part.role() == role)
                    .forEach(part -> texts.add(part.text()));
        }
        List<String> all = List.copyOf(texts);
        if (all.isEmpty()) {
            return;
        }
        try {
            keep(all, role);
        } catch (IllegalArgumentException e) {
            for (String text : all) {
                embedOne(text, role);
            }
        }
    }

    private void embedOne(String text, Role role) throws InterruptedException {
        try {
            keep(List.of(text), role);
        } catch (IllegalArgumentException e) {
            if (text.equals(plan.question())) {
                throw e;
            }
            failures.add("not embedded: " + e.getMessage());
        }
    }

    /** Keeps the vectors of all texts or of none. */
    private void keep(List<String> texts, Role role) throws InterruptedException {
        Embedder embedder = config.embedder();
        List<Embedding> embeddings = embedder.embed(texts, role);
        for (Embedding embedding : embeddings) {
            config.index().metric().check(embedding.vector(), embedder.dimension(), "query");
        }
        for (int i = 0; i < texts.size(); i++) {
            vectors.put(new Key(texts.get(i), role), embeddings.get(i).vector());
        }
    }
}
