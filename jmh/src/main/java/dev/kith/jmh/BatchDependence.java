package dev.kith.jmh;

import dev.kith.onnx.ModelFiles;
import dev.kith.onnx.OnnxModel;
import dev.kith.onnx.Output;
import dev.kith.retrieval.evaluation.BeirDataset;
import dev.kith.retrieval.evaluation.Metrics;
import dev.kith.text.Document;
import dev.kith.text.Tokens;
import dev.kith.tokenizers.ModelInput;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What running texts together does to their vectors and to speed: a collection's documents alone and in length-sorted,
 * padded batches of growing size; mean pooling, length 1, 256 tokens. Says how far vectors move and what becomes of nDCG@10;
 * questions run alone.
 *
 * <pre>
 * java -Xmx2g --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
 *   -cp 'jmh/target/kith-jmh.jar:jmh/target/lib/*' dev.kith.jmh.BatchDependence \
 *   scifact all-minilm-l6-v2-q 5183 1,4096
 * </pre>
 */
public final class BatchDependence {
    private static final int TOKENS = 256;

    private final OnnxModel model;
    private final ModelFiles files;

    private BatchDependence(OnnxModel model, ModelFiles files) {
        this.model = model;
        this.files = files;
    }

    /** A collection's folder, a model of the class path, how many documents, and sizes of batches in tokens. */
    public static void main(String[] args) throws Exception {
        BeirDataset collection = BeirDataset.read(Path.of(args[0]));
        ModelFiles files = ModelFiles.fromClassPath(args[1] + ".onnx", args[1] + "-tokenizer.json");
        int cores = Runtime.getRuntime().availableProcessors();
        try (OnnxModel model = OnnxModel.open(files, List.of("last_hidden_state"), cores)) {
            new BatchDependence(model, files)
                    .compare(collection, Integer.parseInt(args[2]), args[3].split(","));
        }
    }

    private void compare(BeirDataset collection, int count, String[] sizes) throws Exception {
        List<Document> documents = collection.documents().stream().limit(count).toList();
        List<ModelInput> inputs =
                documents.stream().map(Document::text).map(this::input).toList();
        List<String> queries = List.copyOf(collection.queries().keySet());
        float[][] questions = embed(
                queries.stream().map(id -> input(collection.queries().get(id))).toList(), 1);
        float[][] alone = null;
        for (String size : sizes) {
            long begin = System.nanoTime();
            float[][] vectors = embed(inputs, Integer.parseInt(size));
            double seconds = (System.nanoTime() - begin) / 1e9;
            alone = alone == null ? vectors : alone;
            double most = 0;
            double sum = 0;
            for (int i = 0; i < vectors.length; i++) {
                double distance = 1 - dot(alone[i], vectors[i]);
                most = Math.max(most, distance);
                sum += distance;
            }
            double ndcg = 0;
            for (int q = 0; q < queries.size(); q++) {
                Map<String, Double> scores = new HashMap<>();
                for (int i = 0; i < vectors.length; i++) {
                    scores.put(documents.get(i).id(), dot(questions[q], vectors[i]));
                }
                ndcg += Metrics.ndcg(
                        Metrics.ranked(scores), collection.qrels().get(queries.get(q)), 10);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%5s tokens a run: %6.1f documents/s, cosine distance mean %.5f most %.5f, nDCG@10 %.4f%n",
                    size,
                    vectors.length / seconds,
                    sum / vectors.length,
                    most,
                    ndcg / queries.size());
        }
    }

    private ModelInput input(String text) {
        Tokens tokens = files.tokenizer().tokenize(text);
        int room = TOKENS - files.tokenizer().specialTokens(false);
        return files.tokenizer().single(tokens.slice(0, Math.min(room, tokens.size())));
    }

    private float[][] embed(List<ModelInput> inputs, int batchTokens) throws InterruptedException {
        List<Integer> order = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -inputs.get(i).size()))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); ) {
            int longest = inputs.get(order.get(from)).size();
            int to = Math.min(order.size(), from + Math.max(1, batchTokens / longest));
            batches.add(order.subList(from, to));
            from = to;
        }
        float[][] vectors = new float[inputs.size()][];
        model.forEach(batches.size(), i -> {
            List<Integer> batch = batches.get(i);
            Output output = model.run(
                    batch.stream().map(inputs::get).toList(), files.tokenizer().padId());
            for (int row = 0; row < batch.size(); row++) {
                int text = batch.get(row);
                vectors[text] = mean(output, row, inputs.get(text).size());
            }
        });
        return vectors;
    }

    private static float[] mean(Output output, int row, int tokens) {
        int width = output.width();
        int from = row * output.shape()[1] * width;
        float[] vector = new float[width];
        double squares = 0;
        for (int i = 0; i < width; i++) {
            for (int token = 0; token < tokens; token++) {
                vector[i] += output.values()[from + token * width + i];
            }
            squares += (double) vector[i] * vector[i];
        }
        for (int i = 0; i < width; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
