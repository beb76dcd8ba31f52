package dev.kith.cli;

import dev.kith.retrieval.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows people what a hit's score is made of, a line for each sum. */
final class ExplanationPrinter {
    private ExplanationPrinter() {}

    static List<String> lines(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        List<String> sum = new ArrayList<>();
        half(sum, "dense", explanation.dense());
        half(sum, "BM25", explanation.sparse());
        lines.add(String.format(
                Locale.ROOT, "%.4f = %s", explanation.before(), String.join(" + ", sum)));
        for (Explanation.Term term : explanation.terms()) {
            lines.add("  " + term(term));
        }
        Explanation.Rerank rerank = explanation.rerank();
        if (rerank != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.4f = %.2f x %s + %.2f x %.4f",
                    explanation.hit().score(),
                    rerank.blend(),
                    rerank.rank() == 0
                            ? "0 (not reranked)"
                            : String.format(Locale.ROOT, "%.4f", rerank.relevance()),
                    1 - rerank.blend(),
                    explanation.before()));
        }
        return lines;
    }

    private static void half(List<String> sum, String name, Explanation.@Nullable Half half) {
        if (half != null) {
            sum.add(String.format(
                    Locale.ROOT,
                    "%.2f x %.4f (%s %.4f)",
                    half.weight(),
                    half.normalized(),
                    name,
                    half.raw()));
        }
    }

    private static String term(Explanation.Term term) {
        List<String> fields = new ArrayList<>();
        for (Explanation.Field field : term.fields()) {
            fields.add(String.format(
                    Locale.ROOT,
                    "%s %.4f (idf %.2f, tf %.2f: %d in %d terms, weight %.2f)",
                    field.name(),
                    field.score(),
                    field.idf(),
                    field.tf(),
                    field.frequency(),
                    field.length(),
                    term.weight() * field.weight()));
        }
        return String.format(
                Locale.ROOT,
                "%.4f %s = %s",
                term.score(),
                Text.printable(term.term()),
                String.join(" + ", fields));
    }
}
