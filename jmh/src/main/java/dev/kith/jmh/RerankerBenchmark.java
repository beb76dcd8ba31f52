package dev.kith.jmh;

import dev.kith.rerank.OnnxReranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many pairs of question and passage a cross-encoder of six small layers reads a second, on all cores. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Benchmark)
public class RerankerBenchmark {
    private static final int PASSAGES = 50;
    private static final String QUESTION = "how do patients with the disease respond to treatment";
    private static final String[] WORDS =
            ("the of and in to a is was for with that on by are this from protein cells results between patients study"
                            + " treatment mice risk human disease response growth factor blood")
                    .split(" ");

    /** The body's name: float32 or int8 weights. */
    @Param({"all-minilm-l6-v2", "all-minilm-l6-v2-q"})
    public String body;

    /** How many words a passage has, each a token; question and special tokens are a dozen more. */
    @Param({"64", "240"})
    public int words;

    private Path folder;
    private OnnxReranker reranker;
    private final List<String> passages = new ArrayList<>();

    @Setup
    public void prepare() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("cross-encoder");
        StandInCrossEncoder.write(body, folder);
        reranker = OnnxReranker.open(folder);
        SplittableRandom random = new SplittableRandom(words);
        for (int i = 0; i < PASSAGES; i++) {
            StringBuilder passage = new StringBuilder();
            for (int word = 0; word < words; word++) {
                passage.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            passages.add(passage.toString());
        }
        float[] scores = reranker.score(QUESTION, passages);
        float least = 1;
        float most = 0;
        for (float score : scores) {
            least = Math.min(least, score);
            most = Math.max(most, score);
        }
        if (!(least >= 0 && most <= 1 && least < most)) {
            throw new IllegalStateException("scores from " + least + " to " + most);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PASSAGES)
    public float[] pairs() throws InterruptedException {
        return reranker.score(QUESTION, passages);
    }

    @TearDown
    public void clean() throws IOException {
        reranker.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
