package dev.kith.cli;

import dev.kith.embedding.LongText;
import dev.kith.retrieval.evaluation.BeirDataset;
import dev.kith.retrieval.evaluation.Evaluation;
import dev.kith.retrieval.evaluation.EvaluationReport;
import dev.kith.text.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures how well a test collection is retrieved. */
@Command(
        name = "eval",
        sortOptions = false,
        description = {
            "Measure retrieval on a test collection in BEIR's layout: nDCG@10, R@100, MRR@10.",
            "Sparse, dense and hybrid search are measured with one passage a document, as published"
                    + " figures are, and with documents cut as 'kith index' cuts them. The folder"
                    + " holds corpus.jsonl, queries.jsonl and qrels/test.tsv."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kith eval datasets/scifact", "  kith eval datasets/scifact --model bge-small"})
final class EvalCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The collection's folder.")
    private Path folder;

    @Mixin
    private CorpusOptions options;

    EvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BeirDataset dataset = BeirDataset.read(folder);
        EvaluationReport report;
        try (Embedder embedder = options.embedder(LongText.TRUNCATE);
                ProgressBar progress = new ProgressBar(terminal)) {
            report = Evaluation.run(dataset, CorpusOptions.config(embedder), progress);
        }
        terminal.out().print(report.table());
        return 0;
    }
}
