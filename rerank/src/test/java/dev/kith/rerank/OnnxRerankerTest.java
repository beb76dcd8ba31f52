package dev.kith.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxRerankerTest {
    private static final TinyCrossEncoder TINY = new TinyCrossEncoder(true, 1);
    private static final RerankerOptions OPTIONS = RerankerOptions.defaults().withCallers(2);

    @TempDir
    private Path folder;

    private OnnxReranker open(TinyCrossEncoder model, RerankerOptions options) throws IOException {
        return OnnxReranker.open(model.write(folder), options);
    }

    private static List<String> randomPassages(long seed) {
        Random random = new Random(seed);
        List<String> words = TinyCrossEncoder.WORDS.subList(4, 9);
        List<String> passages = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<String> passage = new ArrayList<>();
            for (int n = random.nextInt(20); n >= 0; n--) {
                passage.add(words.get(random.nextInt(words.size())));
            }
            passages.add(String.join(" ", passage));
        }
        return passages;
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1, true",
        "false, 1, true",
        "true, 2, true",
        "false, 2, true",
        "true, 1, false"
    })
    void scoresAreThoseOfTheModelWhateverTheBatch(boolean types, int labels, boolean masked)
            throws Exception {
        TinyCrossEncoder model = new TinyCrossEncoder(types, labels, masked);
        List<String> passages = randomPassages(7);
        for (int batchSize : new int[] {1, 3, 16, 100}) {
            try (OnnxReranker reranker =
                    open(model, OPTIONS.withBatchSize(batchSize).withBatchTokens(60))) {
                float[] scores = reranker.score("rotate the key", passages);
                for (int i = 0; i < scores.length; i++) {
                    assertThat(scores[i])
                            .as("seed 7, batch size %d, passage '%s'", batchSize, passages.get(i))
                            .isCloseTo(
                                    model.score("rotate the key", passages.get(i)), within(1e-6f));
                }
            }
        }
    }

    @Test
    void aScoreDoesNotDependOnTheOtherPassagesThoughTheModelWouldLetIt() throws Exception {
        List<String> passages = randomPassages(3);
        try (OnnxReranker reranker = open(new TinyCrossEncoder(true, 1, true, true), OPTIONS)) {
            float[] scores = reranker.score("rotate the key", passages);
            for (int i = 0; i < scores.length; i++) {
                assertThat(scores[i])
                        .as("seed 3, passage '%s'", passages.get(i))
                        .isEqualTo(reranker.score("rotate the key", List.of(passages.get(i)))[0]);
            }
        }
    }

    @Test
    void pairsRunTogetherOnlyWhereCompanyChangesNothing() throws Exception {
        try (OnnxReranker together = open(TINY, OPTIONS);
                OnnxReranker alone = open(TINY, OPTIONS.withBatchSize(1))) {
            assertThat(together.identity()).isNotEqualTo(alone.identity());
        }
        TinyCrossEncoder sociable = new TinyCrossEncoder(true, 1, true, true);
        try (OnnxReranker together = open(sociable, OPTIONS);
                OnnxReranker alone = open(sociable, OPTIONS.withBatchSize(1))) {
            assertThat(together.identity()).isEqualTo(alone.identity());
        }
    }

    @Test
    void thePassageThatAnswersHasTheHigherScore() throws Exception {
        try (OnnxReranker reranker = open(TINY, OPTIONS)) {
            float[] scores = reranker.score("rotate key", List.of("the glacier", "the vault", ""));
            assertThat(scores[1]).isGreaterThan(scores[0]);
            assertThat(scores).hasSize(3).doesNotContain(Float.NaN);
            assertThat(reranker.score("key", List.of())).isEmpty();
        }
    }

    @Test
    void cutsThePassageAndNeverTheQuery() throws Exception {
        // Seven tokens: [CLS] rotate key [SEP], two of the passage, [SEP].
        try (OnnxReranker reranker = open(TINY, OPTIONS.withMaxTokens(7))) {
            float[] scores = reranker.score(
                    "rotate key", List.of("the vault glacier glacier", "the vault", "the"));
            assertThat(scores[0]).isEqualTo(scores[1]);
            assertThat(scores[1]).isCloseTo(TINY.score("rotate key", "the vault"), within(1e-6f));
            assertThat(scores[2]).isCloseTo(TINY.score("rotate key", "the"), within(1e-6f));
            assertThat(reranker.score("the key the", List.of("vault glacier"))[0])
                    .isCloseTo(TINY.score("the key the", "vault"), within(1e-6f));
            assertThatThrownBy(() -> reranker.score("the key the vault", List.of("vault")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "query of 4 tokens leaves no room for a passage: the model reads 7");
        }
    }

    @Test
    void refusesABlankQuery() throws Exception {
        try (OnnxReranker reranker = open(TINY, OPTIONS)) {
            assertThatThrownBy(() -> reranker.score(" \n", List.of("vault")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("query is blank");
        }
    }

    @Test
    void refusesToReturnWhatIsNotANumber() throws Exception {
        try (OnnxReranker reranker = open(TINY, OPTIONS)) {
            assertThatThrownBy(() -> reranker.score("key", List.of("vault", "broken")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not finite");
        }
    }

    @Test
    void refusesAModelOfThreeLabels() {
        assertThatThrownBy(() -> open(new TinyCrossEncoder(true, 3), OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx")
                .hasMessageContaining("not a cross-encoder");
    }

    @Test
    void refusesAnInputThatItDoesNotKnow() throws IOException {
        TINY.write(folder);
        OnnxFile other = new OnnxFile()
                .input("position_ids")
                .node("Cast", "to", 1, "logits", "position_ids")
                .output("logits", 1);
        Files.write(folder.resolve("model.onnx"), other.bytes());
        assertThatThrownBy(() -> OnnxReranker.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("input 'position_ids' is not supported");
    }

    @Test
    void refusesAnOutputOfIntegers() throws IOException {
        TINY.write(folder);
        OnnxFile other = new OnnxFile()
                .input("input_ids")
                .node("Identity", "logits", "input_ids")
                .integerOutput("logits", 1);
        Files.write(folder.resolve("model.onnx"), other.bytes());
        assertThatThrownBy(() -> OnnxReranker.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("output 'logits' is not a tensor of floats");
    }

    /** Runs that are under way end, later ones are refused; a session closed under a run would end the process. */
    @Test
    void closingWaitsForRunningCalls() throws Exception {
        List<String> passages = randomPassages(5);
        for (int round = 0; round < 30; round++) {
            OnnxReranker reranker = open(TINY, OPTIONS.withBatchSize(1));
            Callable<Integer> call = () -> {
                try {
                    return reranker.score("rotate key", passages).length;
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                    return 0;
                }
            };
            try (var threads = Executors.newFixedThreadPool(3)) {
                List<Future<Integer>> scored = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    scored.add(threads.submit(call));
                }
                Thread.sleep(round % 5);
                reranker.close();
                for (Future<Integer> count : scored) {
                    assertThat(count.get()).isIn(0, passages.size());
                }
            }
        }
    }

    @Test
    void namesTheMissingFile() throws IOException {
        assertThatThrownBy(() -> OnnxReranker.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("model.onnx");
        TINY.write(folder);
        Files.delete(folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> OnnxReranker.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void takesTheNumberOfTokensFromTheConfiguration() throws Exception {
        TINY.write(folder);
        assertThat(RerankerOptions.of(folder).maxTokens()).isEqualTo(512);
        Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 7}");
        try (OnnxReranker reranker = OnnxReranker.open(folder)) {
            assertThat(reranker.score("rotate key", List.of("the vault glacier"))[0])
                    .isCloseTo(TINY.score("rotate key", "the vault"), within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert.embeddings.position_embeddings.weight, 9, 9",
        "roberta.embeddings.position_embeddings.weight, 9, 7",
        "mpnet.embeddings.position_embeddings.weight_quantized, 9, 7",
        "bert.embeddings.position_embeddings.weight, 600, 512",
        "bert.embeddings.word_embeddings.weight, 9, 512"
    })
    void takesTheNumberOfTokensFromTheModelsPositions(String name, int rows, int tokens)
            throws IOException {
        OnnxFile model = new OnnxFile()
                .floats(name + "_scale", 1)
                .matrix(name, rows, 2)
                .matrix("other", 3, 2);
        Path file = Files.write(folder.resolve("model.onnx"), model.bytes());
        assertThat(RerankerOptions.of(folder).maxTokens()).isEqualTo(tokens);
        Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": 40}");
        assertThat(RerankerOptions.of(folder).maxTokens()).isEqualTo(40);
        Files.delete(folder.resolve("config.json"));
        byte[] bytes = model.bytes();
        for (int length = 0; length < Math.min(200, bytes.length); length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(RerankerOptions.of(folder).maxTokens())
                    .as("cut behind %d bytes", length)
                    .isIn(tokens, 512);
        }
    }

    @Test
    void refusesAModelWithoutAnyPosition() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"max_position_embeddings\": 2, \"model_type\": \"xlm-roberta\"}");
        assertThatThrownBy(() -> RerankerOptions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no position");
    }

    @Test
    void identitiesDifferWhereScoresMay() throws Exception {
        try (OnnxReranker one = open(TINY, OPTIONS);
                OnnxReranker same = open(TINY, OPTIONS.withCallers(1));
                OnnxReranker shorter = open(TINY, OPTIONS.withMaxTokens(20))) {
            assertThat(one.identity()).isEqualTo(same.identity()).isNotEqualTo(shorter.identity());
        }
    }

    @Test
    void manyThreadsGetTheSameScores() throws Exception {
        try (OnnxReranker reranker = open(TINY, OPTIONS.withBatchTokens(100));
                var threads = Executors.newFixedThreadPool(6)) {
            List<String> passages = randomPassages(11);
            float[] expected = reranker.score("rotate key", passages);
            Callable<float[]> call = () -> reranker.score("rotate key", passages);
            for (Future<float[]> scores : threads.invokeAll(Collections.nCopies(30, call))) {
                assertThat(scores.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        try (OnnxReranker reranker = open(TINY, OPTIONS)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reranker.score("key", List.of("vault")))
                    .isInstanceOf(InterruptedException.class);
            assertThat(reranker.score("key", List.of("vault"))).hasSize(1);
        }
    }

    @Test
    void aClosedRerankerSaysSo() throws Exception {
        OnnxReranker reranker = open(TINY, OPTIONS);
        reranker.close();
        reranker.close();
        assertThatThrownBy(() -> reranker.score("key", List.of("vault")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** Runs on an exported model as well, if a folder that has one is named. */
    @TestFactory
    List<DynamicTest> runsTheSharedModel() {
        Path shared = Path.of(System.getProperty("kith.shared", ""), "data/tiny-cross-encoder");
        if (!Files.exists(shared)) {
            return List.of();
        }
        return List.of(DynamicTest.dynamicTest("tiny-cross-encoder", () -> runs(shared)));
    }

    private static void runs(Path model) throws Exception {
        List<String> passages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            passages.add("the user completed digital registration ".repeat(i % 7)
                    + "\ud83d\ude42 hello " + i);
        }
        RerankerOptions options = RerankerOptions.of(model).withCallers(2);
        assertThat(options.maxTokens()).isEqualTo(62);
        try (OnnxReranker batched = OnnxReranker.open(model, options);
                OnnxReranker single = OnnxReranker.open(model, options.withBatchSize(1))) {
            float[] scores = batched.score("asking a question", passages);
            float[] alone = single.score("asking a question", passages);
            for (int i = 0; i < scores.length; i++) {
                assertThat(scores[i]).isBetween(0f, 1f).isCloseTo(alone[i], within(1e-5f));
            }
        }
        try (OnnxReranker tooLong = OnnxReranker.open(model, options.withMaxTokens(512))) {
            assertThatThrownBy(() -> tooLong.score("question", List.of("hello world ".repeat(100))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the model fails on 1 x ")
                    .hasMessageContaining("maxTokens");
        }
    }
}
