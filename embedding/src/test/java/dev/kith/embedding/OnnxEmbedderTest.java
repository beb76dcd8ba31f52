package dev.kith.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kith.onnx.ModelFiles;
import dev.kith.onnx.OnnxModel;
import dev.kith.text.Embedder.Role;
import dev.kith.text.Embedding;
import dev.kith.text.Tokens;
import dev.kith.tokenizers.ModelInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On all-MiniLM-L6-v2 with int8 weights. */
class OnnxEmbedderTest {
    private static final String MODEL = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
    private static final EmbedderOptions OPTIONS = EmbedderOptions.defaults().withCallers(2);
    private static OnnxEmbedder embedder;

    @BeforeAll
    static void open() throws IOException {
        embedder = open(OPTIONS);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    private static OnnxEmbedder open(EmbedderOptions options) throws IOException {
        return OnnxEmbedder.fromClassPath(MODEL, TOKENIZER, options);
    }

    private static Embedding embed(OnnxEmbedder by, String text) throws InterruptedException {
        return by.embed(List.of(text), Role.DOCUMENT).getFirst();
    }

    private static float[] vector(String text) throws InterruptedException {
        return embed(embedder, text).vector();
    }

    private static double dot(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }

    @Test
    void aParaphraseIsNearerThanSomethingElse() throws InterruptedException {
        float[] question = vector("How do I change my password?");
        double paraphrase = dot(question, vector("Steps to reset a forgotten login secret"));
        double unrelated = dot(question, vector("The glacier has retreated by forty metres"));
        assertThat(paraphrase).isGreaterThan(0.4);
        assertThat(unrelated).isLessThan(0.2);
    }

    @Test
    void vectorsHaveTheModelsDimensionAndLengthOne() throws InterruptedException {
        assertThat(embedder.dimension()).isEqualTo(384);
        assertThat(embedder.maxTokens()).isEqualTo(254);
        float[] vector = vector("a vector");
        assertThat(vector).hasSize(384);
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-minilm-l6-v2-q", "all-minilm-l6-v2"})
    void aTextsVectorIsTheSameToTheLastBitAloneAndInCompany(String model) throws Exception {
        long seed = new Random().nextLong();
        List<String> texts = texts(new Random(seed), 60);
        EmbedderOptions alone = OPTIONS.withBatchTokens(1);
        String tokenizer = model + "-tokenizer.json";
        try (OnnxEmbedder batching =
                        OnnxEmbedder.fromClassPath(model + ".onnx", tokenizer, OPTIONS);
                OnnxEmbedder single =
                        OnnxEmbedder.fromClassPath(model + ".onnx", tokenizer, alone)) {
            List<Embedding> expected = single.embed(texts, Role.DOCUMENT);
            List<Embedding> together = batching.embed(texts, Role.DOCUMENT);
            List<Embedding> reversed =
                    batching.embed(texts.reversed(), Role.DOCUMENT).reversed();
            for (int i = 0; i < texts.size(); i++) {
                float[] vector = expected.get(i).vector();
                assertThat(together.get(i).vector())
                        .as("seed %d, text %d", seed, i)
                        .isEqualTo(vector);
                assertThat(reversed.get(i).vector())
                        .as("seed %d, text %d", seed, i)
                        .isEqualTo(vector);
                assertThat(embed(batching, texts.get(i)).vector()).isEqualTo(vector);
            }
            assertThat(batching.identity()).isEqualTo(single.identity());
        }
    }

    /** Most of them short, so that many share a run, and a few longer than the model reads at once. */
    private static List<String> texts(Random random, int count) {
        String[] words =
                "the quick brown fox over lazy dogs was protein retrieval of 1976, (see) Zürich"
                        .split(" ");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = i % 15 == 0 ? 150 + random.nextInt(200) : random.nextInt(40);
            texts.add(random.ints(length, 0, words.length)
                    .mapToObj(word -> words[word])
                    .collect(Collectors.joining(" ")));
        }
        return texts;
    }

    /** What the trial at opening is for: were this to pass for int8 weights, their texts would share runs. */
    @Test
    void onlyModelsThatAreNotQuantisedDynamicallyHaveIndependentRows() throws Exception {
        for (String name : List.of("all-minilm-l6-v2-q", "all-minilm-l6-v2")) {
            ModelFiles files = ModelFiles.fromClassPath(name + ".onnx", name + "-tokenizer.json");
            Tokens tokens = files.tokenizer().tokenize("a few words to try it out with");
            List<ModelInput> rows = List.of(
                    files.tokenizer().single(tokens), files.tokenizer().single(tokens.slice(0, 3)));
            try (OnnxModel model = OnnxModel.open(files, List.of("last_hidden_state"), 1)) {
                assertThat(model.rowsAreIndependent(rows, files.tokenizer().padId()))
                        .as(name)
                        .isEqualTo(!name.endsWith("-q"));
            }
        }
    }

    @Test
    void keepsTheLeadingComponentsWhenToldTo() throws Exception {
        float[] whole = vector("a text with fewer components");
        float[] head = Arrays.copyOf(whole, 128);
        double length = Math.sqrt(dot(head, head));
        try (OnnxEmbedder shorter = open(OPTIONS.withDimension(128))) {
            assertThat(shorter.dimension()).isEqualTo(128);
            assertThat(shorter.identity()).isNotEqualTo(embedder.identity());
            float[] vector = embed(shorter, "a text with fewer components").vector();
            assertThat(vector).hasSize(128);
            for (int i = 0; i < vector.length; i++) {
                assertThat(vector[i]).isCloseTo((float) (head[i] / length), within(1e-6f));
            }
        }
        assertThatThrownBy(() -> open(OPTIONS.withDimension(385)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension is 385, but the model has 384 components");
    }

    @Test
    void tellsOfItsProgressFromOneThreadAtATime() throws InterruptedException {
        List<String> texts = texts(new Random(7), 40);
        AtomicInteger inside = new AtomicInteger();
        List<Integer> heard = new ArrayList<>();
        List<Embedding> embeddings = embedder.embed(texts, Role.DOCUMENT, count -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.add(count);
            inside.decrementAndGet();
        });
        assertThat(embeddings).hasSize(40);
        assertThat(heard).hasSizeGreaterThan(20).allMatch(count -> count > 0);
        assertThat(heard.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    }

    @Test
    void whatProgressThrowsEndsTheCall() {
        AtomicInteger heard = new AtomicInteger();
        assertThatThrownBy(
                        () -> embedder.embed(Collections.nCopies(500, "text"), Role.DOCUMENT, _ -> {
                            heard.incrementAndGet();
                            throw new IllegalStateException("enough");
                        }))
                .hasMessage("enough");
        assertThat(heard.get()).isLessThan(10);
    }

    @Test
    void opensAKnownModelByItsName() throws Exception {
        try (OnnxEmbedder known = OnnxEmbedder.fromClassPath("all-minilm-l6-v2-q")) {
            assertThat(known.identity()).isEqualTo(embedder.identity());
        }
        assertThatThrownBy(() -> OnnxEmbedder.fromClassPath("mystery-v1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mystery-v1' is no known model")
                .hasMessageContaining("BGE_EN");
    }

    @Test
    void everyTextHasAVector() throws InterruptedException {
        List<String> texts = List.of(
                "", " \n\t ", "\u0000", "\ud83d", "\u4e2d\u6587", "x".repeat(5000), "[SEP] [CLS]");
        for (Embedding embedding : embedder.embed(texts, Role.QUERY)) {
            assertThat(dot(embedding.vector(), embedding.vector())).isCloseTo(1, within(1e-5));
            assertThat(embedding.dropped()).isZero();
        }
        assertThat(embedder.embed(List.of(), Role.QUERY)).isEmpty();
        assertThat(embed(embedder, "").tokens()).isZero();
    }

    @Test
    void splitsLongTextIntoWindowsAndAveragesThem() throws Exception {
        try (OnnxEmbedder raw = open(OPTIONS.withNormalize(false).withMaxTokens(12))) {
            // 13 tokens in windows of at most 10: 6 and 7.
            Embedding whole =
                    embed(raw, "one two three four five six seven eight nine ten red green blue");
            float[] first = embed(raw, "one two three four five six").vector();
            float[] second = embed(raw, "seven eight nine ten red green blue").vector();
            assertThat(whole.tokens()).isEqualTo(13);
            assertThat(whole.dropped()).isZero();
            for (int i = 0; i < first.length; i++) {
                assertThat(whole.vector()[i])
                        .isCloseTo((6 * first[i] + 7 * second[i]) / 13, within(1e-5f));
            }
        }
    }

    @Test
    void truncatesLongTextWhenToldToAndSaysHowMuch() throws Exception {
        try (OnnxEmbedder truncating =
                open(OPTIONS.withMaxTokens(12).withLongText(LongText.TRUNCATE))) {
            Embedding embedding =
                    embed(truncating, "one two three four five six seven eight nine ten red green");
            assertThat(embedding.tokens()).isEqualTo(10);
            assertThat(embedding.dropped()).isEqualTo(2);
            assertThat(embedding.vector())
                    .isEqualTo(embed(truncating, "one two three four five six seven eight nine ten")
                            .vector());
        }
    }

    @Test
    void refusesLongTextWhenToldTo() throws Exception {
        try (OnnxEmbedder strict = open(OPTIONS.withMaxTokens(5).withLongText(LongText.FAIL))) {
            assertThat(embed(strict, "one two three").tokens()).isEqualTo(3);
            assertThatThrownBy(() -> embed(strict, "one two three four"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("text of 4 tokens is longer than the 3 that the model reads");
        }
    }

    @Test
    void putsThePrefixBeforeEveryWindow() throws Exception {
        EmbedderOptions prefixed =
                OPTIONS.withNormalize(false).withMaxTokens(8).withPrefixes("query: ", "note: ");
        try (OnnxEmbedder embedder = open(prefixed);
                OnnxEmbedder plain = open(OPTIONS.withNormalize(false).withMaxTokens(8))) {
            assertThat(embedder.maxTokens()).isEqualTo(4);
            float[] first = embed(plain, "note: one two three").vector();
            float[] second = embed(plain, "note: four five six").vector();
            float[] whole = embed(embedder, "one two three four five six").vector();
            for (int i = 0; i < first.length; i++) {
                assertThat(whole[i]).isCloseTo((first[i] + second[i]) / 2, within(1e-5f));
            }
            assertThat(embedder.embed(List.of("one two"), Role.QUERY).getFirst().vector())
                    .isEqualTo(embed(plain, "query: one two").vector());
        }
    }

    @Test
    void poolsAsConfigured() throws Exception {
        List<float[]> vectors = new ArrayList<>();
        for (Pooling pooling : Pooling.values()) {
            try (OnnxEmbedder other = open(OPTIONS.withPooling(pooling))) {
                vectors.add(embed(other, "the same text").vector());
            }
        }
        assertThat(vectors.get(0)).isEqualTo(vector("the same text"));
        assertThat(dot(vectors.get(0), vectors.get(1))).isLessThan(0.999);
        assertThat(dot(vectors.get(1), vectors.get(2))).isLessThan(0.999);
    }

    @Test
    void manyThreadsGetTheSameVectors() throws Exception {
        float[] expected = vector("the same text for everybody");
        Callable<float[]> call = () -> vector("the same text for everybody");
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<float[]> vector : threads.invokeAll(Collections.nCopies(24, call))) {
                assertThat(vector.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void anInterruptEndsTheCall() {
        List<String> texts = Collections.nCopies(10_000, "a text that takes a while ".repeat(40));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> embedder.embed(texts, Role.DOCUMENT))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> interruptWhenItWorks(caller));
        assertThatThrownBy(() -> embedder.embed(texts, Role.DOCUMENT))
                .isInstanceOf(InterruptedException.class);
    }

    private static void interruptWhenItWorks(Thread caller) {
        while (Thread.getAllStackTraces().getOrDefault(caller, new StackTraceElement[0]).length
                > 0) {
            boolean running = Arrays.stream(caller.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals("ai.onnxruntime.OrtSession"));
            if (running) {
                caller.interrupt();
                return;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aClosedEmbedderSaysSo() throws IOException {
        OnnxEmbedder closed = open(OPTIONS);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> embed(closed, "text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(closed.dimension()).isEqualTo(384);
    }

    @Test
    void opensAFolderAndItsSettings(@TempDir Path folder) throws Exception {
        copy(MODEL, folder.resolve("model.onnx"));
        copy(TOKENIZER, folder.resolve("tokenizer.json"));
        try (OnnxEmbedder opened = OnnxEmbedder.open(folder)) {
            assertThat(opened.maxTokens()).isEqualTo(254);
            assertThat(opened.identity()).isEqualTo(embedder.identity());
            assertThat(embed(opened, "some text").vector()).isEqualTo(vector("some text"));
        }
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 40}");
        try (OnnxEmbedder opened = OnnxEmbedder.open(folder)) {
            assertThat(opened.maxTokens()).isEqualTo(38);
            assertThat(opened.identity()).isNotEqualTo(embedder.identity());
        }
        Files.createDirectory(folder.resolve("1_Pooling"));
        Files.writeString(
                folder.resolve("1_Pooling/config.json"), "{\"word_embedding_dimension\": 768}");
        assertThatThrownBy(() -> OnnxEmbedder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("word_embedding_dimension is 768")
                .hasMessageContaining("384 components");
    }

    private static void copy(String resource, Path file) throws IOException {
        ClassLoader loader = OnnxEmbedderTest.class.getClassLoader();
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(resource))) {
            Files.copy(in, file);
        }
    }

    @Test
    void namesTheMissingFile(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> OnnxEmbedder.open(folder.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("expected a model's folder");
        assertThatThrownBy(() -> OnnxEmbedder.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("expected model.onnx");
        Files.writeString(folder.resolve("model.onnx"), "not a model");
        assertThatThrownBy(() -> OnnxEmbedder.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("tokenizer.json");
        copy(TOKENIZER, folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> OnnxEmbedder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx is not a model");
        assertThatThrownBy(() -> OnnxEmbedder.fromClassPath("no.onnx", TOKENIZER, OPTIONS))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no.onnx");
    }

    @Test
    void refusesSettingsThatLeaveNoRoom() {
        assertThatThrownBy(() -> open(OPTIONS.withMaxTokens(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxTokens leaves no room");
        assertThatThrownBy(() -> open(OPTIONS.withMaxTokens(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxTokens is 513, but the model has 512 positions for tokens");
    }
}
