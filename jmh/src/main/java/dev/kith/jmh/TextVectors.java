package dev.kith.jmh;

import dev.kith.BuildContext;
import dev.kith.FlatSpec;
import dev.kith.Metric;
import dev.kith.SearchRequest;
import dev.kith.SearchResult;
import dev.kith.VectorFiles;
import dev.kith.VectorIndex;
import dev.kith.Vectors;
import dev.kith.embedding.EmbedderOptions;
import dev.kith.embedding.OnnxEmbedder;
import dev.kith.retrieval.evaluation.BeirDataset;
import dev.kith.text.Embedder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes a data set of text embeddings for {@link GraphComparison} and {@code kith bench}: rows, queries and their true
 * neighbours under the cosine, at the model's dimension and at a smaller one.
 *
 * <pre>
 * java -Xmx6g --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
 *   -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' dev.kith.jmh.TextVectors \
 *   passages.txt text-384 heldOut=1000 beir=scifact,cranfield reduced=100 threads=2
 * </pre>
 */
public final class TextVectors {
    private static final int NEIGHBOURS = 100;
    private static final String BASE = "base";
    private static final String QUERY = "query";

    private final Path out;
    private final Map<String, String> options;
    private final int threads;

    private TextVectors(Path out, Map<String, String> options) {
        this.out = out;
        this.options = options;
        this.threads = Integer.parseInt(options.get("threads"));
    }

    /** Makes a data set: a file with one passage a line, a folder to write to, then options as {@code name=value}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "model", "",
                "heldOut", "1000",
                "beir", "",
                "reduced", "100",
                "threads", String.valueOf(Runtime.getRuntime().availableProcessors())));
        for (int i = 2; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (option.length != 2 || options.put(option[0], option[1]) == null) {
                throw new IllegalArgumentException("unknown option: " + args[i]);
            }
        }
        new TextVectors(Path.of(args[1]), options).make(Path.of(args[0]));
    }

    private void make(Path passages) throws IOException, InterruptedException {
        Files.createDirectories(out);
        Map<String, List<String>> texts = texts(passages);
        try (Embedder embedder = embedder()) {
            for (Map.Entry<String, List<String>> entry : texts.entrySet()) {
                String name = entry.getKey();
                Files.write(out.resolve(name + ".txt"), entry.getValue());
                // Held-out passages are passages still.
                Embedder.Role role = name.equals(BASE) || name.equals(QUERY)
                        ? Embedder.Role.DOCUMENT
                        : Embedder.Role.QUERY;
                new EmbeddedFile(vectors(out, name), entry.getValue(), embedder, role).complete();
            }
        }
        List<String> queries =
                texts.keySet().stream().filter(name -> !name.equals(BASE)).toList();
        writeTruth(out, queries);
        int reduced = Integer.parseInt(options.get("reduced"));
        if (reduced > 0) {
            Path folder = out.resolveSibling(out.getFileName() + "-" + reduced);
            reduce(folder, reduced, queries);
            writeTruth(folder, queries);
        }
    }

    /** The texts of each file of vectors, the few first. */
    private Map<String, List<String>> texts(Path passages) throws IOException {
        List<String> lines = Files.readAllLines(passages);
        List<String> distinct =
                lines.stream().filter(line -> !line.isBlank()).distinct().toList();
        System.out.printf(
                Locale.ROOT, "%,d lines, %,d distinct passages%n", lines.size(), distinct.size());
        List<String> base = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        divide(distinct, base, queries);
        Map<String, List<String>> texts = new LinkedHashMap<>();
        texts.put(QUERY, queries);
        for (String folder : options.get("beir").split(",")) {
            if (!folder.isEmpty()) {
                BeirDataset collection = BeirDataset.read(Path.of(folder));
                String name = collection.name() + "-" + QUERY;
                texts.put(name, List.copyOf(collection.queries().values()));
            }
        }
        texts.put(BASE, base);
        return texts;
    }

    /** Holds out passages at even distances: neighbours in the file are often neighbours in meaning. */
    private void divide(List<String> distinct, List<String> base, List<String> queries) {
        int heldOut = Integer.parseInt(options.get("heldOut"));
        if (heldOut < 1 || heldOut >= distinct.size()) {
            throw new IllegalArgumentException(
                    "heldOut must be in [1, " + distinct.size() + "): " + heldOut);
        }
        int step = distinct.size() / heldOut;
        for (int i = 0; i < distinct.size(); i++) {
            boolean held = (i + 1) % step == 0 && queries.size() < heldOut;
            (held ? queries : base).add(distinct.get(i));
        }
    }

    private Embedder embedder() throws IOException {
        if (options.get("model").isEmpty()) {
            return OnnxEmbedder.fromClassPath(
                    "all-minilm-l6-v2.onnx",
                    "all-minilm-l6-v2-tokenizer.json",
                    EmbedderOptions.defaults().withCallers(threads));
        }
        Path folder = Path.of(options.get("model"));
        return OnnxEmbedder.open(folder, EmbedderOptions.of(folder).withCallers(threads));
    }

    private void reduce(Path folder, int dimension, List<String> queries) throws IOException {
        Files.createDirectories(folder);
        Vectors base = VectorFiles.open(vectors(out, BASE));
        PrincipalAxes axes = PrincipalAxes.of(base, dimension);
        System.out.printf(
                Locale.ROOT, "%d axes keep %.4f of the squared length%n", dimension, axes.kept());
        VectorFiles.write(vectors(folder, BASE), project(base, axes));
        for (String name : queries) {
            Vectors rows = VectorFiles.open(vectors(out, name));
            VectorFiles.write(vectors(folder, name), project(rows, axes));
        }
    }

    private static Vectors project(Vectors rows, PrincipalAxes axes) {
        return Vectors.of(IntStream.range(0, rows.size())
                .mapToObj(row -> axes.project(rows.row(row)))
                .toArray(float[][]::new));
    }

    private void writeTruth(Path folder, List<String> queries)
            throws IOException, InterruptedException {
        Vectors base = VectorFiles.open(vectors(folder, BASE));
        try (VectorIndex exact =
                VectorIndex.build(base, new FlatSpec(Metric.COSINE), BuildContext.defaults())) {
            for (String name : queries) {
                Vectors rows = VectorFiles.open(vectors(folder, name));
                List<SearchRequest> requests = IntStream.range(0, rows.size())
                        .mapToObj(row -> SearchRequest.of(rows.row(row), NEIGHBOURS))
                        .toList();
                int[][] truth = exact.search(requests, threads).stream()
                        .map(SearchResult::rows)
                        .toArray(int[][]::new);
                String file = name.replace(QUERY, "groundtruth") + ".ivecs";
                VectorFiles.write(folder.resolve(file), truth);
                System.out.printf(Locale.ROOT, "%s: %,d queries%n", file, truth.length);
            }
        }
    }

    private static Path vectors(Path folder, String name) {
        return folder.resolve(name + ".fvecs");
    }
}
