package dev.kith.cli.bench;

import dev.kith.BuildContext;
import dev.kith.IndexSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorIndex;
import dev.kith.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Exact neighbours by the flat index, for when no file of them is given. */
public final class ExactTruth {
    /** How many queries go to the index at once: few enough that progress is seen. */
    private static final int BATCH = 64;

    private ExactTruth() {}

    /**
     * The exact neighbours of each query.
     *
     * @return rows by query, nearest first, equal distances by ascending row
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static int[][] of(
            Vectors base, Vectors queries, Metric metric, int k, BuildContext context)
            throws InterruptedException {
        IndexSpec flat = IndexSpec.parse("flat?metric=" + metric.name().toLowerCase(Locale.ROOT));
        int[][] truth = new int[queries.size()][];
        try (VectorIndex index = VectorIndex.build(
                base, flat, BuildContext.defaults().withThreads(context.threads()))) {
            for (int from = 0; from < truth.length; from += BATCH) {
                List<SearchRequest> batch = new ArrayList<>();
                for (int i = from; i < Math.min(truth.length, from + BATCH); i++) {
                    batch.add(SearchRequest.of(queries.row(i), k));
                }
                List<SearchResult> results = index.search(batch, context.threads());
                for (int i = 0; i < results.size(); i++) {
                    truth[from + i] = results.get(i).rows();
                }
                context.progress()
                        .update("exact neighbours", (long) from + batch.size(), truth.length);
            }
        }
        return truth;
    }
}
