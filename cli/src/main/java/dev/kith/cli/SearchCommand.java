package dev.kith.cli;

import dev.kith.rerank.OnnxReranker;
import dev.kith.retrieval.Corpus;
import dev.kith.retrieval.CorpusConfig;
import dev.kith.retrieval.Explained;
import dev.kith.retrieval.Feedback;
import dev.kith.retrieval.Query;
import dev.kith.retrieval.Results;
import dev.kith.retrieval.WhyNot;
import dev.kith.retrieval.context.Context;
import dev.kith.retrieval.context.ContextAssembler;
import dev.kith.retrieval.context.Dropped;
import dev.kith.retrieval.filter.Filter;
import dev.kith.retrieval.filter.FilterSyntaxException;
import dev.kith.retrieval.fusion.Fusion;
import dev.kith.text.Embedder;
import dev.kith.text.Reranker;
import dev.kith.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a corpus a question. */
@Command(
        name = "search",
        sortOptions = false,
        description = {
            "Ask a corpus a question and print the passages that answer it best.",
            "Each comes with its file, headings and place: [start, end) counts UTF-16 units of the"
                    + " file's text."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kith search ./kb \"how do I rotate keys?\"",
            "  kith search ./kb rotate keys --mode sparse -k 3 --explain",
            "  kith search ./kb \"rotate keys\" --filter \"extension == 'md' && size < 20000\"",
            "  kith search ./kb \"rotate keys\" --json | jq '.hits[].document'",
            "  kith search ./kb \"rotate keys\" --context 3000 > passages-for-a-model.txt",
            "  kith search ./kb \"rotate keys\" --fusion 'rrf?k=60' --feedback",
            "  kith search ./kb \"rotate keys\" --why-not manual/keys.md"
        })
final class SearchCommand implements Callable<Integer> {
    /** How many of the best a reranker reads. */
    private static final int RERANKED = 50;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CORPUS", description = "The corpus's folder.")
    private Path corpus;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "QUESTION",
            description = "The question.")
    private List<String> question;

    @Option(
            names = {"-k", "--k"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many passages at most; ${DEFAULT-VALUE} if left out.")
    private int k;

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Only passages whose document's fields fulfil it: path, extension, title,"
                    + " modified, size.")
    private @Nullable String filter;

    @Option(
            names = "--mode",
            defaultValue = "hybrid",
            description =
                    "dense (meaning), sparse (words) or hybrid (both); ${DEFAULT-VALUE} if left"
                            + " out.")
    private Query.Mode mode;

    @Option(
            names = "--rerank",
            paramLabel = "DIR",
            description = "Let a cross-encoder read the best " + RERANKED
                    + ": a folder as exported from Hugging Face.")
    private @Nullable Path reranker;

    @Option(
            names = "--parent",
            description =
                    "Print the whole section that a passage is a part of, if it is not too long.")
    private boolean parent;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            description = "Print N passages before and behind each as well.")
    private int neighbours;

    @Option(
            names = "--group",
            paramLabel = "N",
            description =
                    "The best N passages of each document, one document after another; -k counts"
                            + " documents.")
    private int group;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "Print the passages as a language model is given them, under labels [1],"
                    + " [2], ...: at most so many tokens, counted as the embedding model does.")
    private @Nullable Integer context;

    @Option(
            names = "--fusion",
            paramLabel = "TEXT",
            description =
                    "How both halves become one ranking: min-max, theoretical-min, rrf or dbsf,"
                            + " with options as in 'rrf?k=60&alpha=0.5'; alpha is the dense half's weight."
                            + " min-max if left out.")
    private @Nullable String fusion;

    @Option(
            names = "--feedback",
            description =
                    "Let BM25 search again with the typical terms of its best passages (RM3).")
    private boolean feedback;

    @Option(
            names = "--explain",
            description = "Say what each score is made of and how long each stage took.")
    private boolean explain;

    @Option(
            names = "--why-not",
            paramLabel = "DOC",
            description =
                    "Say why this document is not among the hits, and where it stands, instead"
                            + " of printing them.")
    private @Nullable String whyNot;

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Mixin
    private CorpusOptions options;

    SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Query query = query();
        try (Embedder embedder = options.embedder();
                Reranker judge = reranker == null ? null : OnnxReranker.open(reranker);
                Corpus open = Corpus.openReadOnly(corpus, config(embedder, judge))) {
            if (whyNot != null) {
                WhyNot answer = open.whyNot(query, whyNot);
                terminal.out().println(json ? HitsJson.of(query, answer) : answer.sentence());
            } else if (explain) {
                print(query, open.explain(query), embedder.tokenizer());
            } else {
                print(query, new Explained(open.search(query), List.of()), embedder.tokenizer());
            }
        }
        return 0;
    }

    private void print(Context passages) {
        passages.text().lines().forEach(line -> terminal.out().println(Text.printable(line)));
        for (Dropped dropped : passages.dropped()) {
            String id = Text.printable(dropped.hit().documentId());
            terminal.warn(id + ": left out: " + dropped.why());
        }
    }

    private CorpusConfig config(Embedder embedder, @Nullable Reranker judge) throws IOException {
        return CorpusOptions.config(embedder)
                .withAnalysis(CorpusOptions.analysis(corpus))
                .withReranker(judge);
    }

    /** The question as a query; what cannot be read of it is a misuse of the command line. */
    private Query query() {
        try {
            if (context != null && context < 1) {
                throw new IllegalArgumentException("the token budget must be positive: " + context);
            }
            if (context != null && (json || explain)) {
                throw new IllegalArgumentException(
                        "--context goes with neither --json nor --explain");
            }
            if (context != null && whyNot != null) {
                throw new IllegalArgumentException("--context and --why-not exclude each other");
            }
            if (parent && neighbours > 0) {
                throw new IllegalArgumentException("--parent and --neighbours exclude each other");
            }
            Query asked =
                    Query.of(String.join(" ", question)).mode(mode).topK(k).groupByDocument(group);
            Query query = parent
                    ? asked.parent()
                    : neighbours == 0 ? asked : asked.neighbours(neighbours);
            query = filter == null ? query : query.where(parsed(filter));
            query = fusion == null ? query : query.fuse(Fusion.parse(fusion));
            query = feedback ? query.feedback(Feedback.rm3()) : query;
            return reranker == null ? query : query.rerank(RERANKED);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Failure.message(e), e);
        }
    }

    private static Filter parsed(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterSyntaxException e) {
            String shown = Text.printable(text.replaceAll("\\s", " "));
            throw new IllegalArgumentException(
                    e.getMessage() + "\n  " + shown + "\n  " + " ".repeat(e.position()) + "^", e);
        }
    }

    private void print(Query query, Explained answer, Tokenizer tokenizer) {
        if (context != null) {
            print(ContextAssembler.of(tokenizer, context)
                    .assemble(answer.results().hits()));
            return;
        }
        if (json) {
            terminal.out().println(HitsJson.of(query, answer));
            return;
        }
        Results results = answer.results();
        new HitPrinter(terminal, Integer.MAX_VALUE).print(answer);
        if (results.hits().isEmpty()) {
            terminal.warn("nothing found");
        }
        if (explain) {
            terminal.out().println();
            terminal.out().println(HitPrinter.timings(results.timings()));
        }
    }
}
