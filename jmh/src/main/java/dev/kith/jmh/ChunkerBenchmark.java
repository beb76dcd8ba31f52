package dev.kith.jmh;

import dev.kith.chunking.ChunkSize;
import dev.kith.chunking.CodeChunker;
import dev.kith.chunking.FixedChunker;
import dev.kith.chunking.HierarchicalChunker;
import dev.kith.chunking.HtmlChunker;
import dev.kith.chunking.MarkdownChunker;
import dev.kith.chunking.Overlap;
import dev.kith.chunking.ParagraphChunker;
import dev.kith.chunking.RecursiveChunker;
import dev.kith.chunking.SentenceChunker;
import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Format;
import dev.kith.text.Metadata;
import dev.kith.text.Tokenizer;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentBySentenceSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jsoup.parser.Parser;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.ai.transformer.splitter.TokenTextSplitter;

/**
 * How fast a document of a million characters is cut, one thread, beside the splitters of LangChain4j and Spring AI. The
 * counter {@code megabytes} is millions of characters of the document a second (one byte each: the text is Latin). Kith's
 * chunks have spans, headings and metadata; LangChain4j's and Spring's have their own metadata.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ChunkerBenchmark {
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int LENGTH = 1_000_000;

    @Param({
        "fixed 1000/100",
        "sentence 1000/100",
        "paragraph 1000/100",
        "recursive 1000/0",
        "recursive 1000/100",
        "recursive 1000/1 sentence",
        "markdown 1000/100",
        "html 1000/100",
        "jsoup alone",
        "code 1000/100",
        "hierarchical markdown 2000 and 400/40",
        "wordpiece alone",
        "fixed wordpiece 256/32",
        "recursive wordpiece 256/32",
        "markdown wordpiece 256/32",
        "langchain4j recursive 1000/0",
        "langchain4j recursive 1000/100",
        "langchain4j sentence 1000/100",
        "langchain4j recursive wordpiece 256/32",
        "spring tokens 256"
    })
    public String way;

    private ToIntFunction<String> splitter;
    private String text;

    /** Millions of characters cut, for JMH to divide by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        public double megabytes;
    }

    @Setup
    public void prepare() throws IOException {
        Format format = way.startsWith("html") || way.startsWith("jsoup")
                ? Format.HTML
                : way.startsWith("code")
                        ? Format.CODE
                        : way.contains("markdown") ? Format.MARKDOWN : Format.PLAIN;
        text = ChunkerTexts.of(format, LENGTH);
        Tokenizer wordPiece = wordPiece();
        if (way.startsWith("langchain4j")) {
            DocumentSplitter theirs = langChain4j(wordPiece);
            splitter = all -> theirs.split(dev.langchain4j.data.document.Document.from(all))
                    .size();
        } else if (way.startsWith("spring")) {
            TokenTextSplitter theirs = TokenTextSplitter.builder()
                    .withChunkSize(256)
                    .withMaxNumChunks(Integer.MAX_VALUE)
                    .build();
            splitter =
                    all -> theirs.apply(List.of(new org.springframework.ai.document.Document(all)))
                            .size();
        } else if (way.equals("jsoup alone")) {
            splitter = all -> Parser.htmlParser()
                    .setTrackPosition(true)
                    .parseInput(all, "")
                    .getAllElements()
                    .size();
        } else if (way.equals("wordpiece alone")) {
            splitter = wordPiece::count;
        } else {
            Chunker chunker = kith(wordPiece);
            check(chunker.chunk(document(format)), format != Format.HTML);
            splitter = _ -> chunker.chunk(document(format)).size();
        }
        if (splitter.applyAsInt(text) < 100) {
            throw new IllegalStateException("too few chunks");
        }
    }

    private Document document(Format format) {
        return new Document("benchmark", text, format, Metadata.empty());
    }

    private static Tokenizer wordPiece() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ChunkerBenchmark.class.getResourceAsStream(TOKENIZER))) {
            return HuggingFaceTokenizer.read(in);
        }
    }

    private Chunker kith(Tokenizer wordPiece) {
        ChunkSize size = ChunkSize.characters(1000, 100);
        ChunkSize tokens = ChunkSize.tokens(wordPiece, 256, 32);
        return switch (way) {
            case "fixed 1000/100" -> new FixedChunker(size);
            case "sentence 1000/100" -> new SentenceChunker(size);
            case "paragraph 1000/100" -> new ParagraphChunker(size);
            case "recursive 1000/0" -> new RecursiveChunker(ChunkSize.characters(1000, 0));
            case "recursive 1000/100" -> new RecursiveChunker(size);
            case "recursive 1000/1 sentence" ->
                new RecursiveChunker(ChunkSize.characters(1000, Overlap.sentences(1)));
            case "markdown 1000/100" -> new MarkdownChunker(size);
            case "html 1000/100" -> new HtmlChunker(size);
            case "code 1000/100" -> new CodeChunker(size);
            case "hierarchical markdown 2000 and 400/40" ->
                new HierarchicalChunker(
                        ChunkSize.characters(2000, 0), ChunkSize.characters(400, 40));
            case "fixed wordpiece 256/32" -> new FixedChunker(tokens);
            case "recursive wordpiece 256/32" -> new RecursiveChunker(tokens);
            case "markdown wordpiece 256/32" -> new MarkdownChunker(tokens);
            default -> throw new IllegalArgumentException("no such way: " + way);
        };
    }

    private DocumentSplitter langChain4j(Tokenizer wordPiece) {
        return switch (way) {
            case "langchain4j recursive 1000/0" -> DocumentSplitters.recursive(1000, 0);
            case "langchain4j recursive 1000/100" -> DocumentSplitters.recursive(1000, 100);
            case "langchain4j sentence 1000/100" -> new DocumentBySentenceSplitter(1000, 100);
            case "langchain4j recursive wordpiece 256/32" ->
                DocumentSplitters.recursive(256, 32, new Counter(wordPiece));
            default -> throw new IllegalArgumentException("no such way: " + way);
        };
    }

    /** Throws unless the chunks are in the text, in order, and leave nothing out. */
    private void check(List<Chunk> chunks, boolean verbatim) {
        int covered = 0;
        for (Chunk chunk : chunks) {
            boolean same = chunk.span().of(text).equals(chunk.content());
            boolean continues = chunk.span().start() <= covered
                    || !verbatim
                    || text.substring(covered, chunk.span().start()).isBlank();
            if (verbatim != same && verbatim || !continues || chunk.span().end() <= covered) {
                throw new IllegalStateException("wrong chunk: " + chunk);
            }
            covered = chunk.span().end();
        }
        if (verbatim && covered < text.stripTrailing().length()) {
            throw new IllegalStateException("nothing covers " + covered);
        }
    }

    @Benchmark
    public int chunk(Volume volume) {
        volume.megabytes += LENGTH / 1e6;
        return splitter.applyAsInt(text);
    }

    /** Counts a tokenizer's tokens for LangChain4j. */
    private record Counter(Tokenizer tokenizer) implements TokenCountEstimator {
        @Override
        public int estimateTokenCountInText(String text) {
            return tokenizer.count(text);
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException("splitters count texts alone");
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException("splitters count texts alone");
        }
    }
}
