package dev.kith.jmh;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.kith.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
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
 * How fast passages become tokens, with offsets, one thread: Kith beside Hugging Face's own tokenizer behind JNI, and, for
 * byte-pair encoding, beside jtokkit, which gives ids alone. The counter {@code megabytes} is millions of bytes of UTF-8 a
 * second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class TokenizerBenchmark {
    private static final String NO_LIMIT = "1000000000";
    private static final int PASSAGES = 500;
    private static final String[] ENGLISH =
            ("the of and in to a is was for with that on by are this from vaccination protein "
                            + "cells results between Expression patients associated significantly immunodeficiency, response. Study "
                            + "(p<0.05) treatment; mice risk gene-specific naive T-cell 95% signalling human increased")
                    .split(" ");
    private static final String[] MIXED =
            ("the de la и в не на что der die und για την και του 的 是 在 不 我们 研究结果表明 使用 の に は です データ "
                            + "ベクトル से के में है प्रयोग في من على البيانات ค้นหา 검색 결과는 데이터 Größe naïve données résultats "
                            + "исследование значительно пациентов αποτελέσματα Übersetzung żółć größer 😀 2024")
                    .split(" ");

    @Param({"wordpiece", "bpe", "unigram"})
    public String model;

    @Param({"ascii", "accented", "mixed"})
    public String text;

    private final String[] passages = new String[PASSAGES];
    private double megabytes;
    private HuggingFaceTokenizer kith;
    private ai.djl.huggingface.tokenizers.HuggingFaceTokenizer djl;
    private Encoding jtokkit;

    /** Millions of bytes tokenized, for JMH to divide by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        public double megabytes;
    }

    @Setup
    public void prepare() throws IOException {
        byte[] json = switch (model) {
            case "wordpiece" -> TokenizerFile.miniLm();
            case "bpe" -> TokenizerFile.gpt2();
            default -> TokenizerFile.unigram();
        };
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
        jtokkit = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < PASSAGES; i++) {
            passages[i] = passage(random);
            megabytes += passages[i].getBytes(StandardCharsets.UTF_8).length / 1e6;
            check(passages[i]);
        }
    }

    /** Words drawn so that the first ones are frequent, as in language. */
    private String passage(SplittableRandom random) {
        String[] words = text.equals("mixed") ? MIXED : ENGLISH;
        StringBuilder passage = new StringBuilder();
        while (passage.length() < 1500) {
            double skewed = random.nextDouble() * random.nextDouble();
            String word = words[(int) (skewed * words.length)];
            passage.append(text.equals("accented") ? word.replace('e', 'é') : word)
                    .append(' ');
        }
        return passage.toString();
    }

    private void check(String passage) {
        long[] expected = djl.encode(passage, false, false).getIds();
        int[] ids = kith.tokenize(passage).ids();
        boolean equal =
                Arrays.equals(expected, Arrays.stream(ids).asLongStream().toArray())
                        && kith.count(passage) == ids.length;
        if (model.equals("bpe")) {
            equal &= Arrays.equals(jtokkit.encodeOrdinary(passage).toArray(), ids);
        }
        if (!equal) {
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
    public int kithCount(Volume volume) {
        int tokens = 0;
        for (String passage : passages) {
            tokens += kith.count(passage);
        }
        volume.megabytes += megabytes;
        return tokens;
    }

    @Benchmark
    public int djl(Volume volume) {
        int tokens = 0;
        for (String passage : passages) {
            tokens += djl.encode(passage, false, false).getIds().length;
        }
        volume.megabytes += megabytes;
        return tokens;
    }

    /** GPT-2's tokens, whatever the model: compare it with {@code bpe}. */
    @Benchmark
    public int jtokkit(Volume volume) {
        int tokens = 0;
        for (String passage : passages) {
            tokens += jtokkit.encodeOrdinary(passage).size();
        }
        volume.megabytes += megabytes;
        return tokens;
    }
}
