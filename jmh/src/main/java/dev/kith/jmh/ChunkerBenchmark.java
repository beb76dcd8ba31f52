package dev.kith.jmh;

import dev.kith.chunking.ChunkSize;
import dev.kith.chunking.HtmlChunker;
import dev.kith.chunking.MarkdownChunker;
import dev.kith.chunking.RecursiveChunker;
import dev.kith.text.Chunk;
import dev.kith.text.Chunker;
import dev.kith.text.Document;
import dev.kith.text.Tokenizer;
import dev.kith.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/**
 * How fast a document of two million characters is cut, one thread. The counter {@code megabytes} is millions of
 * characters a second (one byte each: the text is Latin). The tokenizer is trivial, so that its row shows what
 * cutting by offsets costs beside it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ChunkerBenchmark {
    private static final int LENGTH = 2_000_000;

    @Param({
        "recursive 1000/0",
        "recursive 1000/100",
        "recursive words 256/32",
        "words alone",
        "markdown 1000/100",
        "html 1000/100"
    })
    public String way;

    private Document document;
    private Chunker chunker;

    /** Millions of characters cut, for JMH to divide by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        public double megabytes;
    }

    @Setup
    public void prepare() {
        document = Document.of("benchmark", text());
        Tokenizer words = new Words();
        ChunkSize size = ChunkSize.characters(1000, 100);
        chunker = switch (way) {
            case "recursive 1000/0" -> new RecursiveChunker(ChunkSize.characters(1000, 0));
            case "recursive 1000/100" -> new RecursiveChunker(size);
            case "recursive words 256/32" -> new RecursiveChunker(ChunkSize.tokens(words, 256, 32));
            case "words alone" -> new WordsAlone(words);
            case "markdown 1000/100" -> new MarkdownChunker(size);
            case "html 1000/100" -> new HtmlChunker(size);
            default -> throw new IllegalArgumentException("no such way: " + way);
        };
        check(chunker.chunk(document));
    }

    /** Throws unless the chunks are in the text, in order, and leave nothing out. */
    private void check(List<Chunk> chunks) {
        int covered = 0;
        for (Chunk chunk : chunks) {
            boolean verbatim = chunk.span().of(document.text()).equals(chunk.content());
            boolean continues = chunk.span().start() <= covered
                    || document.text().substring(covered, chunk.span().start()).isBlank();
            if (!(verbatim || way.startsWith("html"))
                    || !continues
                    || chunk.span().end() <= covered) {
                throw new IllegalStateException("wrong chunk: " + chunk);
            }
            covered = chunk.span().end();
        }
        if (!way.equals("words alone")
                && covered < document.text().stripTrailing().length()) {
            throw new IllegalStateException("nothing covers " + covered);
        }
    }

    @Benchmark
    public List<Chunk> chunk(Volume volume) {
        volume.megabytes += LENGTH / 1e6;
        return chunker.chunk(document);
    }

    /** Markdown of headings, paragraphs of up to 2000 characters, and lists. */
    private static String text() {
        SplittableRandom random = new SplittableRandom(42);
        StringBuilder text = new StringBuilder();
        while (text.length() < LENGTH) {
            int kind = random.nextInt(12);
            text.append(kind == 0 ? "## " : kind < 4 ? "- " : "");
            int sentences = kind < 4 ? 1 : 1 + random.nextInt(20);
            for (int sentence = 0; sentence < sentences; sentence++) {
                for (int words = 3 + random.nextInt(18); words > 0; words--) {
                    for (int letters = 1 + random.nextInt(10); letters > 0; letters--) {
                        text.append((char) ('a' + random.nextInt(26)));
                    }
                    text.append(words == 1 ? ". " : " ");
                }
            }
            text.append(kind >= 1 && kind < 4 ? "\n" : "\n\n");
        }
        return text.substring(0, LENGTH);
    }

    /** Tokens between spaces. */
    private static final class Words implements Tokenizer {
        @Override
        public Tokens tokenize(CharSequence text) {
            int[] starts = new int[text.length() / 2 + 1];
            int[] ends = new int[text.length() / 2 + 1];
            int count = 0;
            int start = -1;
            for (int i = 0; i <= text.length(); i++) {
                boolean inside = i < text.length() && text.charAt(i) > ' ';
                if (inside && start < 0) {
                    start = i;
                } else if (!inside && start >= 0) {
                    starts[count] = start;
                    ends[count++] = i;
                    start = -1;
                }
            }
            return new Tokens(
                    new int[count], Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
        }

        @Override
        public String identity() {
            return "words";
        }
    }

    /** Only tokenizes, to compare. */
    private record WordsAlone(Tokenizer words) implements Chunker {
        @Override
        public List<Chunk> chunk(Document document) {
            if (words.count(document.text()) == 0) {
                throw new IllegalStateException("no words");
            }
            return List.of();
        }

        @Override
        public String identity() {
            return "words alone";
        }
    }
}
