package dev.kith.retrieval;

import dev.kith.retrieval.store.Layout;
import dev.kith.retrieval.store.Snapshot;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * RM3: how probable each term is in passages that a first search found, {@code P(w | R) = sum of P(w | d) * score of d}, mixed
 * with the question. Terms are those of the passages' stored texts, analysed again, so that the index need not keep term
 * vectors.
 */
record RelevanceModel(
        Snapshot snapshot, Analyzer analyzer, ChunkContext context, Feedback feedback) {
    /** A term in more than this share of all passages says nothing about these. */
    private static final double COMMON = 0.1;

    /** In so few passages no term is common, however large their share. */
    private static final int FEW = 10;

    /** The question with the passages' terms, at a total weight as before. */
    SparseQuery expand(SparseQuery question, List<Candidate> found) throws IOException {
        Map<String, Double> typical =
                best(model(found.subList(0, Math.min(feedback.documents(), found.size()))));
        if (typical.isEmpty()) {
            return question;
        }
        double total = sum(question.terms());
        Map<String, Double> mixed = new LinkedHashMap<>();
        question.terms()
                .forEach((term, weight) -> mixed.put(term, feedback.originalWeight() * weight));
        double share = (1 - feedback.originalWeight()) * total / sum(typical);
        typical.forEach((term, weight) -> mixed.merge(term, share * weight, Double::sum));
        mixed.values().removeIf(weight -> weight == 0);
        return question.withTerms(mixed);
    }

    private Map<String, Double> model(List<Candidate> relevant) throws IOException {
        Map<String, Double> model = new HashMap<>();
        for (Candidate candidate : relevant) {
            Map<String, Integer> counts =
                    SparseQuery.counts(context.text(candidate, snapshot), analyzer);
            double length = counts.values().stream().mapToInt(Integer::intValue).sum();
            counts.forEach((term, count) ->
                    model.merge(term, candidate.score() * count / length, Double::sum));
        }
        return model;
    }

    /** The most probable terms that are not common; ties by term. */
    private Map<String, Double> best(Map<String, Double> model) throws IOException {
        List<Map.Entry<String, Double>> sorted = model.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        IndexReader reader = snapshot.searcher().getIndexReader();
        double most = Math.max(FEW, COMMON * reader.getDocCount(Layout.TEXT));
        Map<String, Double> best = new LinkedHashMap<>();
        for (Map.Entry<String, Double> entry : sorted) {
            if (best.size() == feedback.terms()) {
                break;
            }
            if (reader.docFreq(new Term(Layout.TEXT, entry.getKey())) <= most) {
                best.put(entry.getKey(), entry.getValue());
            }
        }
        return best;
    }

    private static double sum(Map<String, Double> weights) {
        return weights.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
