package dev.kith.retrieval.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric and the number of ranks it looks at, under the name that reports show: {@code nDCG@10}, {@code MAP}.
 *
 * @param metric which of {@link Metrics}
 * @param k how many ranks count, or {@link #ALL}
 */
public record Measure(Metric metric, int k) {
    /** Every rank counts. */
    public static final int ALL = Integer.MAX_VALUE;

    /** What reports show unless told otherwise. */
    public static final List<Measure> DEFAULTS = List.of(
            ndcg(10), recall(100), reciprocalRank(10), averagePrecision(), precision(10), hit(10));

    private static final Pattern NAME = Pattern.compile("([a-z_]+?)(?:[@_.]([1-9][0-9]{0,8}))?");

    /** A metric of {@link Metrics}. */
    public enum Metric {
        /** {@link Metrics#precision}. */
        PRECISION("P", "p"),
        /** {@link Metrics#recall}. */
        RECALL("R", "recall"),
        /** {@link Metrics#hit}. */
        HIT("Hit", "success"),
        /** {@link Metrics#reciprocalRank}. */
        RECIPROCAL_RANK("MRR", "recip_rank"),
        /** {@link Metrics#averagePrecision}. */
        AVERAGE_PRECISION("MAP", "map_cut"),
        /** {@link Metrics#ndcg}. */
        NDCG("nDCG", "ndcg_cut"),
        /** {@link Metrics#rPrecision}; looks at as many ranks as there are relevant documents. */
        R_PRECISION("Rprec", "rprec"),
        /** {@link Metrics#bpref}; looks at all ranks. */
        BPREF("bpref", "bpref");

        private final String shown;
        private final String trecEval;

        Metric(String shown, String trecEval) {
            this.shown = shown;
            this.trecEval = trecEval;
        }

        private boolean isNamed(String name) {
            return name.equalsIgnoreCase(shown) || name.equals(trecEval);
        }
    }

    /** @throws IllegalArgumentException if k is below 1, missing for precision, or given where the metric takes none */
    public Measure {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
        boolean takesNone = metric == Metric.R_PRECISION || metric == Metric.BPREF;
        if (takesNone && k != ALL) {
            throw new IllegalArgumentException(metric.shown + " takes no k, but got " + k);
        }
        if (metric == Metric.PRECISION && k == ALL) {
            throw new IllegalArgumentException("P needs a k: P@10");
        }
    }

    /** {@code P@k}. */
    public static Measure precision(int k) {
        return new Measure(Metric.PRECISION, k);
    }

    /** {@code R@k}. */
    public static Measure recall(int k) {
        return new Measure(Metric.RECALL, k);
    }

    /** {@code Hit@k}. */
    public static Measure hit(int k) {
        return new Measure(Metric.HIT, k);
    }

    /** {@code MRR@k}. */
    public static Measure reciprocalRank(int k) {
        return new Measure(Metric.RECIPROCAL_RANK, k);
    }

    /** {@code MAP}. */
    public static Measure averagePrecision() {
        return new Measure(Metric.AVERAGE_PRECISION, ALL);
    }

    /** {@code nDCG@k}. */
    public static Measure ndcg(int k) {
        return new Measure(Metric.NDCG, k);
    }

    /**
     * Reads a name, in any case: {@code P@5}, {@code R@100}, {@code Hit@1}, {@code MRR}, {@code MAP@100}, {@code nDCG@10},
     * {@code Rprec}, {@code bpref}; or trec_eval's: {@code ndcg_cut_10}, {@code recip_rank}.
     *
     * @throws IllegalArgumentException if it is no such name
     */
    public static Measure parse(String text) {
        Matcher name = NAME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (name.matches()) {
            for (Metric metric : Metric.values()) {
                if (metric.isNamed(name.group(1))) {
                    return new Measure(
                            metric, name.group(2) == null ? ALL : Integer.parseInt(name.group(2)));
                }
            }
        }
        throw new IllegalArgumentException("expected a measure such as nDCG@10, R@100, MRR@10, MAP,"
                + " P@10, Hit@10, Rprec or bpref, found " + text);
    }

    /** {@code nDCG@10}; without a number where every rank counts. */
    public String name() {
        return k == ALL ? metric.shown : metric.shown + "@" + k;
    }

    /**
     * The value for one query, in [0, 1].
     *
     * @param ranked ids, best first
     * @param grades the grades of judged documents
     */
    public double of(List<String> ranked, Map<String, Integer> grades) {
        return switch (metric) {
            case PRECISION -> Metrics.precision(ranked, grades, k);
            case RECALL -> Metrics.recall(ranked, grades, k);
            case HIT -> Metrics.hit(ranked, grades, k);
            case RECIPROCAL_RANK -> Metrics.reciprocalRank(ranked, grades, k);
            case AVERAGE_PRECISION -> Metrics.averagePrecision(ranked, grades, k);
            case NDCG -> Metrics.ndcg(ranked, grades, k);
            case R_PRECISION -> Metrics.rPrecision(ranked, grades);
            case BPREF -> Metrics.bpref(ranked, grades);
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
