package dev.kith.cli;

import dev.kith.embedding.FileEmbeddingCache;
import dev.kith.embedding.LongText;
import dev.kith.rerank.OnnxReranker;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.evaluation.BeirDataset;
import dev.kith.retrieval.evaluation.Evaluation;
import dev.kith.retrieval.evaluation.EvaluationReport;
import dev.kith.retrieval.evaluation.Measure;
import dev.kith.retrieval.evaluation.Qrels;
import dev.kith.retrieval.evaluation.Run;
import dev.kith.retrieval.evaluation.Trial;
import dev.kith.text.CachedEmbedder;
import dev.kith.text.Embedder;
import dev.kith.text.Reranker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Measures ways of asking side by side on a test collection, or compares run files. */
@Command(
        name = "eval",
        sortOptions = false,
        description = {
            "Measure retrieval on a test collection in BEIR's layout: corpus.jsonl, queries.jsonl,"
                    + " qrels/test.tsv.",
            "Sparse, dense, hybrid and hybrid search with feedback are compared, and what options add: with one passage a"
                    + " document, as published figures are measured, and with documents cut as"
                    + " 'kith index' cuts them. Or compare run files of any system."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kith eval datasets/scifact --vectors scifact.vectors --html report.html",
            "  kith eval datasets/scifact --rerank models/ms-marco --baseline hybrid",
            "  kith eval --compare bm25.run mine.run --qrels qrels.txt"
        })
final class EvalCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The collection's folder.")
    private @Nullable Path folder;

    @Mixin
    private CorpusOptions options;

    @Option(
            names = "--rerank",
            paramLabel = "DIR",
            description =
                    "Also measure hybrid search whose best 50 are read by this cross-encoder.")
    private @Nullable Path reranker;

    @Option(
            names = "--passages",
            split = ",",
            paramLabel = "HOW",
            defaultValue = "whole,chunked",
            description = "whole documents, chunked ones, or both; ${DEFAULT-VALUE} if left out.")
    private List<Evaluation.Passages> passages;

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            converter = MeasureName.class,
            description =
                    "What to measure, such as nDCG@10,R@100,MAP; queries are compared by the first.")
    private List<Measure> measures = Measure.DEFAULTS;

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description = "What the others are compared with; the first if left out.")
    private @Nullable String baseline;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description =
                    "Remember vectors in this file, so that the next run need not embed again.")
    private @Nullable Path vectors;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "Write each system's documents into this folder, as trec_eval reads them.")
    private @Nullable Path runs;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with every query's difference.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--compare",
            arity = "1..*",
            paramLabel = "RUN",
            description = "Compare these run files instead of searching; needs --qrels.")
    private List<Path> compared = List.of();

    @Option(
            names = "--qrels",
            paramLabel = "FILE",
            description = "The judgements, in TREC's or BEIR's layout.")
    private @Nullable Path qrels;

    EvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EvaluationReport report = compared.isEmpty() ? evaluated() : compared();
        if (baseline != null) {
            report = report.against(baseline);
        }
        if (runs != null) {
            write(report, runs);
        }
        if (html != null) {
            Files.writeString(html, report.html(), StandardCharsets.UTF_8);
        }
        if (json) {
            terminal.out().println(report.json());
        } else {
            report.table().lines().map(Text::printable).forEach(terminal.out()::println);
        }
        return 0;
    }

    private EvaluationReport compared() throws IOException {
        if (qrels == null) {
            throw misused("--compare needs --qrels");
        }
        if (folder != null) {
            throw misused("--compare reads run files, so a collection is of no use: " + folder);
        }
        List<Run> read = new ArrayList<>();
        for (Path file : compared) {
            Run run = Run.read(file);
            // Tags often repeat, and then the files' names tell runs apart.
            boolean taken = read.stream().anyMatch(other -> other.name().equals(run.name()));
            read.add(taken ? new Run(file.toString(), run.scores()) : run);
        }
        return EvaluationReport.of(
                qrels + ": " + compared.size() + " runs", Qrels.read(qrels), read, measures);
    }

    private EvaluationReport evaluated() throws IOException, InterruptedException {
        if (folder == null) {
            throw misused("a collection's folder is missing, or --compare RUN... --qrels FILE");
        }
        if (qrels != null) {
            throw misused("--qrels belongs to --compare; a collection has its own");
        }
        BeirDataset dataset = BeirDataset.read(folder);
        try (Embedder embedder = options.embedder(LongText.TRUNCATE);
                FileEmbeddingCache cache =
                        vectors == null ? null : FileEmbeddingCache.open(vectors, embedder);
                Reranker reads = reranker == null ? null : OnnxReranker.open(reranker);
                ProgressBar progress = new ProgressBar(terminal)) {
            CorpusConfig config = CorpusOptions.config(
                            cache == null ? embedder : new CachedEmbedder(embedder, cache))
                    .withReranker(reads);
            Evaluation evaluation =
                    Evaluation.of(dataset, config).withMeasures(measures).withPassages(passages);
            requireBaseline(evaluation);
            return evaluation.run(progress);
        }
    }

    /** Minutes of searching should not end in a name that does not exist. */
    private void requireBaseline(Evaluation evaluation) {
        List<String> names =
                evaluation.configurations().stream().map(each -> each.name()).toList();
        if (baseline != null && !names.contains(baseline)) {
            throw misused("--baseline is none of " + names + ": " + baseline);
        }
    }

    private static void write(EvaluationReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (EvaluationReport.Setting setting : report.settings()) {
            for (Trial trial : setting.trials()) {
                String name = setting.name() + "-" + trial.run().name() + ".run";
                trial.run().write(folder.resolve(name.replaceAll("[^\\p{Alnum}.+_-]", "_")));
            }
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Reads a measure's name. */
    private static final class MeasureName implements ITypeConverter<Measure> {
        @Override
        public Measure convert(String name) {
            try {
                return Measure.parse(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
