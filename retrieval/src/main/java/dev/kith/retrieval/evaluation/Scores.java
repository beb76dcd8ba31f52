package dev.kith.retrieval.evaluation;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What measures say of one system, query by query. Immutable.
 *
 * @param name the system's name
 * @param values by measure and query, each over the same queries
 */
public record Scores(String name, SequencedMap<Measure, SortedMap<String, Double>> values) {
    /** @throws IllegalArgumentException if there is no measure, no query, or measures differ in their queries */
    public Scores {
        SequencedMap<Measure, SortedMap<String, Double>> copy = new LinkedHashMap<>();
        values.forEach((measure, queries) ->
                copy.put(measure, Collections.unmodifiableSortedMap(new TreeMap<>(queries))));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("no measure to score " + name + " by");
        }
        var first = copy.firstEntry().getValue().keySet();
        if (first.isEmpty()) {
            throw new IllegalArgumentException("no judged query to score " + name + " on");
        }
        copy.forEach((measure, queries) -> {
            if (!queries.keySet().equals(first)) {
                throw new IllegalArgumentException(
                        "measures of " + name + " differ in their queries: " + measure);
            }
        });
        values = Collections.unmodifiableSequencedMap(copy);
    }

    static Scores of(Run run, Qrels qrels, List<String> queries, Collection<Measure> measures) {
        SequencedMap<Measure, SortedMap<String, Double>> values = new LinkedHashMap<>();
        measures.forEach(measure -> values.put(measure, new TreeMap<>()));
        for (String query : queries) {
            List<String> ranked = run.ranked(query);
            values.forEach(
                    (measure, scores) -> scores.put(query, measure.of(ranked, qrels.of(query))));
        }
        return new Scores(run.name(), values);
    }

    /** The measures, in the order they were asked for. */
    public List<Measure> measures() {
        return List.copyOf(values.keySet());
    }

    /** The queries that were measured, sorted by id. */
    public List<String> queries() {
        return List.copyOf(values.firstEntry().getValue().keySet());
    }

    /**
     * The values by query.
     *
     * @throws IllegalArgumentException if the measure was not asked for
     */
    public SortedMap<String, Double> values(Measure measure) {
        SortedMap<String, Double> found = values.get(measure);
        if (found == null) {
            throw new IllegalArgumentException(
                    name + " was measured by " + measures() + ", not by " + measure);
        }
        return found;
    }

    /** The mean over the queries. */
    public double mean(Measure measure) {
        return values(measure).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
