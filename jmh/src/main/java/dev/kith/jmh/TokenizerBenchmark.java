package dev.kith.jmh;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast passages become the WordPiece tokens of MiniLM, with offsets, one thread: Kith beside Hugging Face's own tokenizer
 * behind JNI. The counter {@code megabytes} is millions of characters a second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class TokenizerBenchmark {
    private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final String NO_LIMIT = "1000000000";
    private static final int PASSAGES = 500;
    private static final String[] WORDS =
            ("the of and in to a is was for with that on by are this from vaccination protein "
                            + "cells results between Expression patients associated significantly immunodeficiency, response. Study "
                            + "(p<0.05) treatment; mice risk gene-specific naïve T-cell 95% signalling human increased")
                    .split(" ");

    @Param({"ascii", "accented"})
    public String text;

    private final String[] passages = new String[PASSAGES];
    private double megabytes;
    private HuggingFaceTokenizer kith;
    private ai.djl.huggingface.tokenizers.HuggingFaceTokenizer djl;

    /** Millions of characters tokenized, for JMH to divide by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        public double megabytes;
    }

    @Setup
    public void prepare() throws IOException {
        byte[] json;
        try (InputStream in =
                Objects.requireNonNull(TokenizerBenchmark.class.getResourceAsStream(FILE))) {
            json = in.readAllBytes();
        }
        kith = HuggingFaceTokenizer.read(new ByteArrayInputStream(json));
        Map<String, String> options = Map.of(
                "truncation",
                "false",
                "padding",
                "false",
                "modelMaxLength",
                NO_LIMIT,
                "maxLength",
                NO_LIMIT);
        djl = ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json), options);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < PASSAGES; i++) {
            passages[i] = passage(random);
            megabytes += passages[i].length() / 1e6;
            check(passages[i]);
        }
    }

    /** Words drawn so that the first ones are frequent, as in language. */
    private String passage(SplittableRandom random) {
        StringBuilder passage = new StringBuilder();
        while (passage.length() < 1500) {
            double skewed = random.nextDouble() * random.nextDouble();
            String word = WORDS[(int) (skewed * WORDS.length)];
            passage.append(text.equals("ascii") ? word.replace('ï', 'i') : word.replace('e', 'é'));
            passage.append(' ');
        }
        return passage.toString();
    }

    private void check(String passage) {
        long[] expected = djl.encode(passage, false, false).getIds();
        int[] ids = kith.tokenize(passage).ids();
        if (!Arrays.equals(expected, Arrays.stream(ids).asLongStream().toArray())) {
            throw new IllegalStateException("tokens differ: " + passage);
        }
    }

    @TearDown
    public void close() {
        djl.close();
    }

    @Benchmark
    public int kith(Volume volume) {
        int tokens = 0;
        for (String passage : passages) {
            tokens += kith.tokenize(passage).size();
        }
        volume.megabytes += megabytes;
        return tokens;
    }

    @Benchmark
    public int djl(Volume volume) {
        int tokens = 0;
        for (String passage : passages) {
            Encoding encoding = djl.encode(passage, false, false);
            tokens += encoding.getIds().length;
        }
        volume.megabytes += megabytes;
        return tokens;
    }
}
