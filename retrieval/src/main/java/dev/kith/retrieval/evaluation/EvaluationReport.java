package dev.kith.retrieval.evaluation;

import dev.kith.retrieval.Query;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How well a collection was retrieved.
 *
 * @param dataset the collection's name
 * @param documents how many documents it has
 * @param queries how many queries were averaged over: those with a relevant document
 * @param settings one passage a document, then the corpus's own chunks
 */
public record EvaluationReport(String dataset, int documents, int queries, List<Setting> settings) {
    /**
     * One way to cut documents.
     *
     * @param name what it is
     * @param chunks how many chunks were searched
     * @param droppedTokens how many tokens the embedder cut off because a chunk was too long for it
     * @param failures how many documents could not be ingested
     * @param ingest how long the ingest took; the second setting finds vectors of equal texts in memory
     * @param rows one per mode
     */
    public record Setting(
            String name,
            long chunks,
            long droppedTokens,
            int failures,
            Duration ingest,
            List<Row> rows) {
        /** Copies the rows. */
        public Setting {
            rows = List.copyOf(rows);
        }
    }

    /**
     * The means over the queries, each in [0, 1].
     *
     * @param ndcg10 normalised discounted cumulative gain of the first 10
     * @param recall100 share of the relevant documents among the first 100
     * @param mrr10 one over the rank of the first relevant document among the first 10
     */
    public record Row(Query.Mode mode, double ndcg10, double recall100, double mrr10) {}

    /** Copies the settings. */
    public EvaluationReport {
        settings = List.copyOf(settings);
    }

    /** The report as aligned text, a line per setting and mode. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%s: %d documents, %d judged queries%n%n%-10s %-7s %8s %8s %8s %9s %15s%n",
                dataset,
                documents,
                queries,
                "passages",
                "mode",
                "nDCG@10",
                "R@100",
                "MRR@10",
                "chunks",
                "dropped tokens"));
        for (Setting setting : settings) {
            for (Row row : setting.rows()) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-10s %-7s %8.4f %8.4f %8.4f %9d %15d%n",
                        setting.name(),
                        row.mode().name().toLowerCase(Locale.ROOT),
                        row.ndcg10(),
                        row.recall100(),
                        row.mrr10(),
                        setting.chunks(),
                        setting.droppedTokens()));
            }
            if (setting.failures() > 0) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-10s %d documents could not be ingested%n",
                        setting.name(),
                        setting.failures()));
            }
        }
        return table.toString();
    }
}
