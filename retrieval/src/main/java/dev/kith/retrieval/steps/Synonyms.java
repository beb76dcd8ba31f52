package dev.kith.retrieval.steps;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Adds a dictionary's synonyms of the words and phrases in each sub-query to what its sparse half matches. Needs no model.
 * Immutable, safe for any number of threads.
 */
public final class Synonyms implements QueryStep {
    /** What a synonym counts beside a word of the question. */
    public static final double DEFAULT_WEIGHT = 0.5;

    private final Map<Pattern, List<String>> synonyms = new LinkedHashMap<>();
    private final double weight;

    /**
     * A step over a dictionary.
     *
     * @param synonyms from a word or phrase, found whole and in any case, to what means the same
     * @param weight what a synonym's term counts beside a term of the question, above 0
     * @throws IllegalArgumentException if a word or synonym is blank, or the weight not positive
     */
    public Synonyms(Map<String, List<String>> synonyms, double weight) {
        new TreeMap<>(synonyms).forEach((word, others) -> { // sorted: the same terms each time
            if (word.isBlank() || others.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("a blank synonym: " + word + " = " + others);
            }
            this.synonyms.put(whole(word), List.copyOf(others));
        });
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight must be positive and finite: " + weight);
        }
        this.weight = weight;
    }

    /** A step over a dictionary, with {@link #DEFAULT_WEIGHT}. */
    public static Synonyms of(Map<String, List<String>> synonyms) {
        return new Synonyms(synonyms, DEFAULT_WEIGHT);
    }

    private static Pattern whole(String word) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(word.strip()) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    @Override
    public Plan apply(Plan plan) {
        return plan.map(subQuery -> {
            Set<String> found = new LinkedHashSet<>();
            synonyms.forEach((word, others) -> {
                if (word.matcher(subQuery.question()).find()) {
                    found.addAll(others);
                }
            });
            found.removeIf(
                    synonym -> whole(synonym).matcher(subQuery.question()).find());
            return found.isEmpty() || subQuery.sparse().isEmpty()
                    ? subQuery
                    : subQuery.withSparse(String.join(" ", found), weight);
        });
    }
}
