package dev.kith.rerank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model small enough to compute by hand: each token has a weight, and so has each of the two types; the logit of a pair is
 * the mean over its tokens.
 *
 * @param sociable whether a logit is divided by the length of the longest pair of the run, as numbers that are quantised
 *     dynamically are scaled by the largest
 */
record TinyCrossEncoder(boolean types, int labels, boolean masked, boolean sociable) {
    static final List<String> WORDS = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "key", "vault", "rotate", "glacier", "the",
            "broken");
    /** A padding token weighs most, so that forgetting the mask shows. */
    static final float[] WEIGHTS = {99, 0, 0.5f, -0.25f, 2, 3, 1, -4, 0.125f, Float.NaN};

    static final float[] TYPE_WEIGHTS = {0.75f, -0.5f};

    TinyCrossEncoder(boolean types, int labels) {
        this(types, labels, true);
    }

    TinyCrossEncoder(boolean types, int labels, boolean masked) {
        this(types, labels, masked, false);
    }

    /** Writes the folder that an export has. */
    Path write(Path folder) throws IOException {
        Files.write(folder.resolve("model.onnx"), model().bytes());
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        return folder;
    }

    private OnnxFile model() {
        OnnxFile file = new OnnxFile()
                .floats("weights", WEIGHTS)
                .floats("type_weights", TYPE_WEIGHTS)
                .integers("tokens_axis", 1)
                .input("input_ids")
                .node("Equal", "all", "input_ids", "input_ids")
                .node("Gather", "token_weights", "weights", "input_ids");
        if (masked) {
            file.input("attention_mask");
        }
        file.node("Cast", "to", 1, "mask", masked ? "attention_mask" : "all");
        if (types) {
            file.input("token_type_ids")
                    .node("Gather", "added", "type_weights", "token_type_ids")
                    .node("Add", "sums", "token_weights", "added");
        } else {
            file.node("Identity", "sums", "token_weights");
        }
        file.node("Mul", "masked", "sums", "mask")
                .node("ReduceSum", "total", "masked", "tokens_axis")
                .node("ReduceSum", "count", "mask", "tokens_axis")
                .node("ReduceMax", "longest", "count")
                .node("Div", "alone", "total", "count")
                .node("Div", "together", "alone", "longest")
                .node("Identity", "mean", sociable ? "together" : "alone")
                .node("Neg", "opposite", "mean");
        String[] columns = {"mean", "opposite", "mean"};
        String[] wanted =
                labels == 1 ? new String[] {"mean"} : Arrays.copyOfRange(columns, 3 - labels, 3);
        return file.node("Concat", "axis", 1, "logits", wanted).output("logits", labels);
    }

    private static String tokenizer() {
        String vocabulary = IntStream.range(0, WORDS.size())
                .mapToObj(i -> "\"" + WORDS.get(i) + "\": " + i)
                .collect(Collectors.joining(", "));
        return """
                {"truncation": {"max_length": 4}, "added_tokens": [],
                 "normalizer": {"type": "BertNormalizer", "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]},
                 "padding": {"pad_id": 0},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {%s}}}
                """.formatted(vocabulary);
    }

    /** The score that the model should give, computed by hand. */
    float score(String question, String passage) {
        List<String> first = List.of(("[CLS] " + question + " [SEP]").split(" "));
        List<String> second = List.of((passage + " [SEP]").strip().split(" "));
        double total = 0;
        for (String word : first) {
            total += WEIGHTS[WORDS.indexOf(word)] + (types ? TYPE_WEIGHTS[0] : 0);
        }
        for (String word : second) {
            total += WEIGHTS[WORDS.indexOf(word)] + (types ? TYPE_WEIGHTS[1] : 0);
        }
        double logit = total / (first.size() + second.size());
        // With two labels the logits are -x and x.
        return (float) (1 / (1 + Math.exp(-logit * labels)));
    }
}
