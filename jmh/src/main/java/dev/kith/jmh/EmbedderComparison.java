package dev.kith.jmh;

import dev.kith.embedding.EmbedderOptions;
import dev.kith.embedding.KnownModel;
import dev.kith.embedding.OnnxEmbedder;
import dev.kith.embedding.Pooling;
import dev.kith.retrieval.evaluation.BeirDataset;
import dev.kith.text.Document;
import dev.kith.text.Embedder;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Kith's embedder beside LangChain4j's {@code OnnxEmbeddingModel.embedAll} as shipped, with its default executor and with
 * pools of several sizes: the same model, texts, ONNX Runtime and cores, in turn, several times. Or, with {@code memory},
 * Kith alone over many texts, and what the process holds.
 *
 * <pre>
 * java -Xmx1g --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
 *   -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' dev.kith.jmh.EmbedderComparison \
 *   scifact all-minilm-l6-v2-q 100 3 120
 * </pre>
 *
 * <p>Texts can be cut to so many tokens, because LangChain4j follows the {@code tokenizer.json} of MiniLM, which cuts at 128
 * without a word: on longer texts the two would not do the same work.
 */
public final class EmbedderComparison {
    private static final int READS = 512;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private EmbedderComparison() {}

    /**
     * A collection's folder, a model of the class path, how many texts, how many passes, and which texts: {@code queries},
     * {@code memory}, or documents cut to a number of tokens.
     */
    public static void main(String[] args) throws Exception {
        BeirDataset collection = BeirDataset.read(Path.of(args[0]));
        int count = Integer.parseInt(args[2]);
        String what = args[4];
        if (what.equals("memory")) {
            memory(args[1], sentences(collection, count));
            return;
        }
        List<String> texts = what.equals("queries")
                ? List.copyOf(collection.queries().values()).subList(0, count)
                : cut(args[1], collection.documents().subList(0, count), Integer.parseInt(what));
        compare(args[1], texts, Integer.parseInt(args[3]));
    }

    private static List<String> cut(String model, List<Document> documents, int tokens)
            throws IOException {
        try (OnnxEmbedder embedder = kith(model, 1)) {
            return documents.stream()
                    .map(Document::text)
                    .map(text -> {
                        int[] ends = embedder.tokenizer().tokenize(text).ends();
                        return ends.length <= tokens ? text : text.substring(0, ends[tokens - 1]);
                    })
                    .toList();
        }
    }

    private static EmbedderOptions options(String model) {
        // What LangChain4j's class reads at once, so that both do the same work.
        return KnownModel.named(model).orElseThrow().options().withMaxTokens(READS);
    }

    private static OnnxEmbedder kith(String model, int callers) throws IOException {
        return OnnxEmbedder.fromClassPath(
                model + ".onnx", model + "-tokenizer.json", options(model).withCallers(callers));
    }

    private static void compare(String name, List<String> texts, int passes) throws Exception {
        Path model = extract(name + ".onnx");
        Path tokenizer = extract(name + "-tokenizer.json");
        PoolingMode pooling =
                options(name).pooling() == Pooling.CLS ? PoolingMode.CLS : PoolingMode.MEAN;
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        Map<String, Callable<List<float[]>>> rivals = new LinkedHashMap<>();
        List<AutoCloseable> open = new ArrayList<>();
        for (int callers = 1; callers <= CORES; callers++) {
            OnnxEmbedder embedder = kith(name, callers);
            open.add(embedder);
            rivals.put("Kith, " + callers + " callers", () -> vectors(embedder, texts));
        }
        var shipped = new OnnxEmbeddingModel(model, tokenizer, pooling);
        rivals.put("LangChain4j, as shipped", () -> vectors(shipped, segments));
        for (int threads : new int[] {1, CORES, 2 * CORES}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            open.add(pool);
            var rival = new OnnxEmbeddingModel(model, tokenizer, pooling, pool);
            rivals.put("LangChain4j, " + threads + " threads", () -> vectors(rival, segments));
        }
        run(rivals, texts.size(), passes);
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static void run(Map<String, Callable<List<float[]>>> rivals, int texts, int passes)
            throws Exception {
        Map<String, double[]> speeds = new LinkedHashMap<>();
        List<float[]> expected = rivals.values().iterator().next().call();
        for (int pass = 0; pass <= passes; pass++) {
            for (var rival : rivals.entrySet()) {
                RunSampler sampler = new RunSampler();
                long begin = System.nanoTime();
                List<float[]> vectors = rival.getValue().call();
                double speed = texts / ((System.nanoTime() - begin) / 1e9);
                double inside = sampler.stop();
                double nearest = leastCosine(expected, vectors);
                if (nearest < .99) {
                    throw new IllegalStateException(
                            rival.getKey() + ": other vectors, cosine " + nearest);
                }
                if (pass > 0) { // the first warms up
                    speeds.computeIfAbsent(rival.getKey(), _ -> new double[passes])[pass - 1] =
                            speed;
                    System.out.printf(
                            Locale.ROOT,
                            "%-24s %7.1f texts/s  %.3f of busy time in run  least cosine %.5f%n",
                            rival.getKey(),
                            speed,
                            inside,
                            nearest);
                }
            }
        }
        speeds.forEach((rival, each) -> {
            Arrays.sort(each);
            System.out.printf(
                    Locale.ROOT,
                    "%-24s median %7.1f, %.1f to %.1f%n",
                    rival,
                    each[passes / 2],
                    each[0],
                    each[passes - 1]);
        });
    }

    private static List<float[]> vectors(OnnxEmbedder embedder, List<String> texts)
            throws InterruptedException {
        return embedder.embed(texts, Embedder.Role.DOCUMENT).stream()
                .map(embedding -> embedding.vector())
                .toList();
    }

    private static List<float[]> vectors(OnnxEmbeddingModel model, List<TextSegment> segments) {
        return model.embedAll(segments).content().stream()
                .map(embedding -> embedding.vector())
                .toList();
    }

    private static double leastCosine(List<float[]> a, List<float[]> b) {
        double least = 1;
        for (int i = 0; i < a.size(); i++) {
            double dot = 0;
            for (int j = 0; j < a.get(i).length; j++) {
                dot += (double) a.get(i)[j] * b.get(i)[j];
            }
            least = Math.min(least, dot);
        }
        return least;
    }

    private static Path extract(String resource) throws IOException {
        Path file = Files.createTempFile("kith-", "-" + resource);
        file.toFile().deleteOnExit();
        ClassLoader loader = EmbedderComparison.class.getClassLoader();
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(resource))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    /** Sentences, with a whole document after every fifty, so that lengths differ as they do in life. */
    private static List<String> sentences(BeirDataset collection, int count) {
        List<String> texts = new ArrayList<>();
        for (Document document : collection.documents()) {
            for (String sentence : document.text().split("(?<=\\.) ")) {
                texts.add(texts.size() % 50 == 49 ? document.text() : sentence);
            }
        }
        return texts.subList(0, count);
    }

    private static void memory(String model, List<String> texts) throws Exception {
        int step = Math.max(1, texts.size() / 10);
        try (OnnxEmbedder embedder = kith(model, CORES)) {
            for (int from = 0; from < texts.size(); from += step) {
                long begin = System.nanoTime();
                int to = Math.min(from + step, texts.size());
                embedder.embed(texts.subList(from, to), Embedder.Role.DOCUMENT);
                double speed = (to - from) / ((System.nanoTime() - begin) / 1e9);
                Runtime heap = Runtime.getRuntime();
                System.gc();
                System.out.printf(
                        Locale.ROOT,
                        "%,7d texts, %5.0f a second, resident %,d MB, heap in use %,d MB%n",
                        to,
                        speed,
                        residentKilobytes() / 1024,
                        (heap.totalMemory() - heap.freeMemory()) >> 20);
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
